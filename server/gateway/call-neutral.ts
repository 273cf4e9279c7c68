import { type FedStream, type HeardClient, UnreadableBody } from '../dialects/translate/index.ts';
import type { Neutral } from '../dialects/translate/neutral.ts';
import type { AnswerEvent } from '../dialects/translate/neutral-answer.ts';
import {
  type NeutralAnswer,
  type Provider,
  type UpstreamCall,
  UpstreamFailure,
} from '../providers/provider.ts';
import type { ProviderAnswer } from './call-provider.ts';

/** Calls a provider that a library speaks to: the client's body in neutral form there, the answer in its dialect back. */
export async function callNeutrally(
  provider: Provider,
  { body, model, stream, signal, connectTimeoutMs }: UpstreamCall,
  client: HeardClient,
  asked: { readonly maxOutputTokens: number; readonly newId: () => string },
): Promise<ProviderAnswer> {
  if (provider.callNeutral === undefined) {
    throw new UpstreamFailure('unavailable', `${provider.id} speaks no dialect that can be translated into.`);
  }
  const neutral = readBody(client, body);
  const call = { neutral, model, stream, signal, connectTimeoutMs, ...asked };
  const answer = await provider.callNeutral(call);
  return answer.kind === 'stream' ? streamed(answer, client.stream()) : whole(answer, client);
}

function readBody(client: HeardClient, body: Buffer): Neutral {
  try {
    return client.request(body);
  } catch (cause) {
    if (cause instanceof UnreadableBody) throw unreadable(cause);
    throw cause;
  }
}

/** What is wrong with a client's body, as the fate of its call. */
export function unreadable(cause: UnreadableBody): UpstreamFailure {
  return new UpstreamFailure('invalid_request', cause.message, cause);
}

function whole(answer: Exclude<NeutralAnswer, { kind: 'stream' }>, client: HeardClient): ProviderAnswer {
  const { status, headers } = answer;
  const written =
    answer.kind === 'problem'
      ? { body: client.problem(answer.problem), dropped: [] }
      : client.answer(answer.answer);
  return {
    status,
    headers: { ...withoutBodyHeaders(headers), 'content-type': 'application/json' },
    body: once(written.body),
    translation: {
      usage: answer.kind === 'problem' ? null : answer.answer.usage,
      dropped: [...answer.dropped, ...written.dropped],
      progress: null,
      problem: answer.kind === 'problem' ? answer.problem : null,
    },
  };
}

function streamed(answer: Extract<NeutralAnswer, { kind: 'stream' }>, fed: FedStream): ProviderAnswer {
  const { stream } = fed;
  return {
    status: answer.status,
    headers: { ...withoutBodyHeaders(answer.headers), 'content-type': 'text/event-stream; charset=utf-8' },
    body: new FedBody(answer.events, fed),
    translation: {
      get usage() {
        return stream.usage;
      },
      get dropped() {
        return [...answer.dropped, ...stream.dropped];
      },
      progress: stream,
    },
  };
}

/** Headers that speak of the upstream's bytes. */
const ofTheBody = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding'];

function withoutBodyHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheBody.includes(name)));
}

/** Events as bytes in the client's dialect: whole frames, as they are due. Read once. */
class FedBody implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #events: AsyncIterator<AnswerEvent>;
  readonly #fed: FedStream;
  #over = false;

  constructor(events: AsyncIterable<AnswerEvent>, fed: FedStream) {
    this.#events = events[Symbol.asyncIterator]();
    this.#fed = fed;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    while (!this.#over) {
      const event = await this.#events.next();
      this.#over = event.done === true;
      const frames = event.done === true ? this.#fed.stream.end() : this.#fed.take(event.value);
      if (frames.length > 0) return { done: false, value: Buffer.from(frames.join('')) };
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#over = true;
    await this.#events.return?.();
    return { done: true, value: undefined };
  }
}

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  yield body;
}
