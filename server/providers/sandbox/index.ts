/** The sandbox: a simulated upstream in this process, marked as one wherever it answers. */
import type { Catalogue } from '#engine/catalogue/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';
import { type Provider, type StopSignal, type UpstreamAnswer, UpstreamFailure } from '../provider.ts';
import { piecesOf } from './answer-text.ts';
import { type ComposedAnswer, makeComposer } from './compose-answer.ts';
import type { SimulatedError } from './sandbox-answer.ts';

export interface SandboxOptions {
  /** Answers of two sandboxes with one seed are alike. */
  readonly seed?: number;
  /** 1 is as fast as the model would be, 0 does not wait at all. */
  readonly timeScale?: number;
  /** The longest an answer takes, ms: nobody trying things out should wait for a made-up text. */
  readonly longestMs?: number;
  /** In place of every model's own rates. */
  readonly errorRates?: Readonly<Partial<Record<ErrorClass, number>>>;
  /** For the prompt cache, ms since 1970. */
  readonly clock?: () => number;
}

/** A provider that behaves like the model asked for. Nothing leaves the process. */
export function makeSandbox(catalogue: Catalogue, options: SandboxOptions = {}): Provider {
  const compose = makeComposer(catalogue, options);
  const { timeScale = 1, longestMs = 4_000 } = options;
  return {
    id: 'sandbox',
    facts: { kind: 'sandbox', preset: null, baseUrl: '', origin: 'waybill' },
    sandbox: true,
    dialects: ['openai-chat', 'anthropic-messages'],
    lengthField: 'max_completion_tokens',
    call: async (call) => {
      const composed = compose(call);
      const pace = timeScale * Math.min(1, longestMs / Math.max(1, composed.totalMs));
      if (composed.kind === 'error') return failAs(composed, pace, call.signal);
      await pause(call.stream ? composed.firstTokenMs * pace : composed.totalMs * pace, call.signal);
      return call.stream ? streamed(composed, pace, call.signal) : plain(composed);
    },
    keys: () => [],
    check: async () => [],
    close: async () => {},
  };
}

type Answered = Extract<ComposedAnswer, { kind: 'answer' }>;
type Failed = Extract<ComposedAnswer, { kind: 'error' }>;

async function failAs(failed: Failed, pace: number, signal: StopSignal): Promise<UpstreamAnswer> {
  const { error, writer, model } = failed;
  if (error === 'timeout') await pause(Number.POSITIVE_INFINITY, signal);
  await pause(failed.firstTokenMs * pace, signal);
  if (!isWritten(error)) throw new UpstreamFailure(error, `Simulated failure (${error}) of ${model}.`);
  const { status, body } = writer.error(model, error);
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...(error === 'rate_limit' ? { 'retry-after': '1' } : {}),
    },
    body: once(body),
  };
}

function isWritten(error: ErrorClass): error is SimulatedError {
  return error !== 'timeout' && error !== 'network' && error !== 'unavailable';
}

function plain({ writer, answer }: Answered): UpstreamAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: once(writer.plain(answer)),
  };
}

function streamed(composed: Answered, pace: number, signal: StopSignal): UpstreamAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    body: streamBody(composed, pace, signal),
  };
}

async function* streamBody(
  { writer, answer, fault, firstTokenMs, totalMs }: Answered,
  pace: number,
  signal: StopSignal,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(writer.opening(answer));
  if (fault === 'error-in-stream') {
    const { body } = writer.error(answer.model, 'server_error');
    yield Buffer.from(`event: error\ndata: ${body}\n\n`);
    return;
  }
  const pieces = piecesOf(answer.text);
  const gapMs = ((totalMs - firstTokenMs) / Math.max(1, pieces.length)) * pace;
  // A sandbox of many streams would drown in timers at a token each: pieces go out at most fifty times a second.
  const together = Math.max(1, Math.ceil(20 / Math.max(0.1, gapMs)));
  for (let at = 0; at < pieces.length; at += together) {
    if (at > 0) await pause(gapMs * together, signal);
    if (fault === 'broken-stream' && at * 2 >= pieces.length) {
      throw new UpstreamFailure('network', 'Simulated break of the line.');
    }
    const events = pieces.slice(at, at + together).map((text) => writer.piece(answer, text));
    yield Buffer.from(events.join(''));
  }
  if (fault === 'broken-stream') throw new UpstreamFailure('network', 'Simulated break of the line.');
  yield Buffer.from(writer.closing(answer));
}

async function* once(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body);
}

/** Waits, but no longer than the call is wanted. Without a time to wait it does not yield at all. */
function pause(ms: number, signal: StopSignal): Promise<void> | undefined {
  if (signal.stopped) throw new UpstreamFailure('timeout', 'The call was stopped.');
  if (ms < 0.5) return undefined;
  return new Promise((resolve, reject) => {
    // A wait without end is one that only the signal ends.
    const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined;
    signal.onStop(() => {
      clearTimeout(timer);
      reject(new UpstreamFailure('timeout', 'The call was stopped.'));
    });
  });
}
