import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Context } from '../context.ts';
import { isWireObject, parseJson, textOf } from '../dialects/index.ts';
import { plainName, whatCame } from '../dialects/translate/index.ts';
import type { Leave } from '../governance/index.ts';
import { readRetryAfter } from '../providers/keys/retry-after.ts';
import { type UpstreamAnswer, UpstreamFailure } from '../providers/provider.ts';
import { callProvider, type ProviderAnswer } from './call-provider.ts';
import { CommitPoint } from './commit-point.ts';
import { boundsOf } from './deadlines.ts';
import type { Asked } from './execute.ts';
import { type Counted, type MadeAttempt, meter, meterPart, unmetered } from './made-attempt.ts';
import { classOfProblem } from './problem-class.ts';
import { readWhole } from './read-whole.ts';
import { type Running, settle } from './settle-attempt.ts';
import { FrameTap, TranslationTap } from './tap.ts';
import { TappedStream } from './tapped-stream.ts';
import { type Call, denied, leftAlone, notCalled, type PlainAnswer, type Tried } from './tried.ts';
import { Watch } from './watch.ts';

/** Calls one target once: up to its complete answer, or up to the first content of its stream. */
export async function tryTarget(
  call: Call,
  startedAt: readonly number[],
  asked: Asked,
  context: Context,
): Promise<Tried> {
  const served = context.providers.providerFor(call.target);
  if (served === undefined) {
    return notCalled(
      call,
      'unavailable',
      `No provider here serves ${call.target}. Add its key, or choose another model.`,
    );
  }
  const bounds = boundsOf(call, startedAt, asked.taken.request.stream);
  if (bounds.totalMs <= 0) return notCalled(call, 'timeout', 'The fallback’s deadline had passed already.');
  const leave = await askLeave(call, asked);
  if (leave?.kind === 'denied') return denied(call, leave.denial);
  const { permit, waitMs } = context.live.health.ask(call.target);
  if (permit === 'no') {
    leave?.end(null);
    return leftAlone(call, waitMs);
  }
  const watch = new Watch(bounds, asked.client);
  const { provider } = served;
  const running: Running = { call, provider, watch, asked, context, leave, firstTokenMs: null };
  let opened = false;
  try {
    const answer = await callProvider(call, served, asked, watch, context);
    const tried = isEventStream(answer)
      ? await openStream(answer, running)
      : await readPlain(answer, running);
    opened = tried.kind === 'opened';
    return tried;
  } catch (cause) {
    return afterFailure(cause, running);
  } finally {
    if (!opened) watch.end();
  }
}

function isEventStream({ status, headers }: UpstreamAnswer): boolean {
  return status === 200 && (headers['content-type'] ?? '').startsWith('text/event-stream');
}

async function openStream(answer: ProviderAnswer, running: Running): Promise<Tried> {
  const { call, provider, watch, asked } = running;
  const stream = tapped(answer, running);
  const opening = await stream.next();
  if (opening !== null) running.firstTokenMs = watch.elapsedMs;
  const finish = (outcome: MadeAttempt['outcome']) =>
    settle(
      running,
      outcome,
      answer.status,
      meterPart(countedBy(stream, answer), asked.inputTokens),
      droppedBy(answer),
    );
  if (opening !== null) {
    const { headers } = answer;
    return {
      kind: 'opened',
      target: call.target,
      sandbox: provider.sandbox,
      headers,
      stream,
      watch,
      opening,
      dropped: droppedBy(answer),
      finish,
    };
  }
  const { ending } = stream;
  if (ending?.kind === 'left') return { kind: 'left', made: finish('abandoned') };
  const { error, message } =
    ending?.kind === 'failed'
      ? ending
      : ({ error: 'server_error', message: 'The stream ended without a word.' } as const);
  const { usage, outputCharacters } = countedBy(stream, answer);
  const begun = usage !== null || outputCharacters > 0;
  const made = begun ? finish(error) : settle(running, error, answer.status, unmetered);
  return { kind: 'failed', made, error, message, answer: null };
}

async function readPlain(answer: ProviderAnswer, running: Running): Promise<Tried> {
  const { taken, inputTokens } = running.asked;
  const { status, headers } = answer;
  const body = await readWhole(answer.body, running.watch);
  const plain = { status, headers, body };
  const wire = parseJson(body.toString('utf8'));
  if (status >= 300) {
    const problem = answer.translation?.problem ?? null;
    const error = problem === null ? taken.dialect.classifyError(status, wire) : classOfProblem(problem);
    const message = taken.dialect.errorMessage(wire) || wordsOf(wire) || whatItIs(answer, running);
    return failed(running, error, message, plain);
  }
  if (!isWireObject(wire)) {
    return { ...failed(running, 'server_error', whatItIs(answer, running), plain), answer: null };
  }
  const read = taken.dialect.readAnswer(wire);
  if (read.kind === 'error') return failed(running, read.error, taken.dialect.errorMessage(wire), plain);
  const counted = answer.translation === null ? read.usage : answer.translation.usage;
  const usage = meter(counted, inputTokens, read.outputCharacters);
  const made = settle(running, 'served', status, usage, droppedBy(answer));
  return { kind: 'answered', made, answer: plain };
}

function tapped(answer: ProviderAnswer, { asked, watch }: Running): TappedStream {
  const { dialect, wire } = asked.taken;
  const commit = new CommitPoint();
  const progress = answer.translation?.progress ?? null;
  const tap =
    progress === null
      ? new FrameTap(dialect.makeStreamReader(wire), commit, (problem, reader) =>
          dialect.errorFrame(problem, reader),
        )
      : new TranslationTap(progress, commit);
  return new TappedStream(answer.body, tap, commit, watch);
}

/** What a stream adds up to; a translated one is counted in the provider's classes, which the client's may lack. */
function countedBy({ counted }: TappedStream, { translation }: ProviderAnswer): Counted {
  const { outputCharacters, finished } = counted;
  return translation === null ? counted : { usage: translation.usage, outputCharacters, finished };
}

/** What an error says that is not written as its dialect has it. */
function wordsOf(wire: unknown): string {
  if (!isWireObject(wire)) return '';
  return textOf(wire.error) || textOf(wire.message) || textOf(wire.detail) || textOf(wire.title);
}

function whatItIs({ status, headers }: ProviderAnswer, { provider }: Running): string {
  return whatCame(provider.id, status, headers);
}

function droppedBy({ translation, dropped = [], undone = [] }: ProviderAnswer): readonly string[] {
  return [...undone, ...(translation?.dropped ?? dropped)].map(plainName);
}

/** Whatever was thrown: the client had left, a deadline had passed, or the upstream could not be reached. */
function afterFailure(cause: unknown, running: Running): Tried {
  const { watch, asked } = running;
  if (watch.reason === 'left') {
    // The upstream may have read the request by now, and bills what it has read.
    return { kind: 'left', made: settle(running, 'abandoned', null, meter(null, asked.inputTokens, 0)) };
  }
  if (watch.reason === 'deadline') return failed(running, 'timeout', watch.missed, null);
  if (!(cause instanceof UpstreamFailure)) throw cause;
  return failed(running, cause.error, cause.message, null);
}

function failed(
  running: Running,
  error: ErrorClass,
  message: string,
  answer: PlainAnswer | null,
): Extract<Tried, { kind: 'failed' }> {
  const retryAfterMs = readRetryAfter(answer?.headers ?? {}, running.context.clock()) ?? 0;
  return {
    kind: 'failed',
    made: settle(running, error, answer?.status ?? null, unmetered, [], retryAfterMs),
    error,
    message,
    answer,
  };
}

/** The rules for the key, before anything leaves: scopes, and room on every budget. */
function askLeave(
  { target, changes }: Call,
  { pass, taken, inputTokens, prices }: Asked,
): Promise<Leave> | undefined {
  if (pass === undefined) return undefined;
  const asked = taken.request.maxOutputTokens;
  const cap = changes.parameters.max_output_tokens;
  const maxOutputTokens = asked === null || cap === undefined ? (asked ?? cap ?? null) : Math.min(asked, cap);
  return pass.leave({ target, inputTokens, maxOutputTokens, prices });
}
