import type { LanguageModelV3StreamPart } from '@ai-sdk/provider';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { Neutral } from '../../dialects/translate/neutral.ts';
import type { AnswerEvent, PartStart } from '../../dialects/translate/neutral-answer.ts';
import { brokenStream } from '../../dialects/translate/problem-status.ts';
import type { Carrier } from './carrier.ts';
import { nameOf } from './read-answer.ts';
import { readStreamProblem } from './read-problem.ts';
import { readStop } from './read-stop.ts';
import { redactedIn, sealedCall, sealedThought } from './signatures.ts';
import { failureIn } from './upstream-fetch.ts';

export interface EventsAsked {
  readonly neutral: Neutral;
  readonly model: string;
  readonly newId: () => string;
}

/** A library's stream as neutral events. Ends with `end` or `error`; throws only our own failures. */
export async function* readEvents(
  stream: ReadableStream<LanguageModelV3StreamPart>,
  asked: EventsAsked,
  carrier: Carrier,
  dropped: Dropped,
): AsyncGenerator<AnswerEvent> {
  const reading = new Reading(asked, carrier, dropped);
  const reader = stream.getReader();
  try {
    while (!reading.over) {
      const { done, value } = await reader.read();
      if (done) break;
      yield* reading.read(value);
    }
  } catch (cause) {
    const failure = failureIn(cause);
    if (failure !== undefined) throw failure;
    yield { kind: 'error', problem: readStreamProblem(cause, reading.raw) };
    return;
  } finally {
    reader.cancel().catch(() => {});
  }
  if (!reading.over) yield { kind: 'error', problem: brokenStream(unfinished) };
}

const unfinished = 'The provider’s stream ended before its answer was complete.';

type Part<T extends LanguageModelV3StreamPart['type']> = Extract<LanguageModelV3StreamPart, { type: T }>;

/** What a stream has said so far. */
class Reading {
  over = false;
  raw: unknown;
  readonly #asked: EventsAsked;
  readonly #carrier: Carrier;
  readonly #dropped: Dropped;
  readonly #numbers = new Map<string, number>();
  #next = 0;
  #started = false;

  constructor(asked: EventsAsked, carrier: Carrier, dropped: Dropped) {
    this.#asked = asked;
    this.#carrier = carrier;
    this.#dropped = dropped;
  }

  *read(part: LanguageModelV3StreamPart): Generator<AnswerEvent> {
    if (part.type === 'stream-start') return;
    if (part.type === 'raw') {
      this.raw = part.rawValue;
      return;
    }
    if (!this.#started) {
      this.#started = true;
      const id = part.type === 'response-metadata' ? part.id : undefined;
      yield { kind: 'start', id: id ?? this.#asked.newId(), model: this.#asked.model, usage: null };
    }
    yield* this.#readPart(part);
  }

  *#readPart(part: LanguageModelV3StreamPart): Generator<AnswerEvent> {
    switch (part.type) {
      case 'text-start':
        return yield* this.#begin(`text ${part.id}`, { kind: 'text' });
      case 'text-delta':
        return yield* this.#grow(`text ${part.id}`, part.delta);
      case 'text-end':
        return yield* this.#end(`text ${part.id}`);
      case 'reasoning-start':
      case 'reasoning-delta':
      case 'reasoning-end':
        return yield* this.#think(part);
      case 'tool-input-start':
        return yield* this.#beginCall(part);
      case 'tool-input-delta':
        return yield* this.#grow(`call ${part.id}`, part.delta);
      case 'tool-input-end':
        return yield* this.#end(`call ${part.id}`);
      case 'tool-call':
        return yield* this.#wholeCall(part);
      case 'finish':
        return yield* this.#finish(part);
      case 'error':
        this.over = true;
        return yield { kind: 'error', problem: readStreamProblem(part.error, this.raw) };
      case 'source':
      case 'file':
      case 'tool-result':
      case 'tool-approval-request':
        this.#dropped.add(nameOf(part.type));
    }
  }

  *#begin(key: string, start: PartStart): Generator<AnswerEvent> {
    if (this.#numbers.has(key)) return;
    const part = this.#next;
    this.#next += 1;
    this.#numbers.set(key, part);
    yield { kind: 'part_start', part, start };
  }

  *#grow(key: string, text: string): Generator<AnswerEvent> {
    const part = this.#numbers.get(key);
    if (part !== undefined && text !== '') yield { kind: 'delta', part, text };
  }

  /** A library may use an id again for the next part of its kind. */
  *#end(key: string): Generator<AnswerEvent> {
    const part = this.#numbers.get(key);
    if (part === undefined) return;
    if (!key.startsWith('call ')) this.#numbers.delete(key);
    yield { kind: 'part_end', part };
  }

  /** Whether a thought can be read shows only after its start. */
  *#think(part: Part<'reasoning-start' | 'reasoning-delta' | 'reasoning-end'>): Generator<AnswerEvent> {
    const key = `thought ${part.id}`;
    const signature = sealedThought(part.providerMetadata, this.#carrier);
    const data = redactedIn(part.providerMetadata, this.#carrier);
    const text = part.type === 'reasoning-delta' ? part.delta : '';
    if (text !== '' || signature !== '') yield* this.#begin(key, { kind: 'thinking' });
    yield* this.#grow(key, text);
    const number = this.#numbers.get(key);
    if (signature !== '' && number !== undefined) yield { kind: 'signature', part: number, signature };
    if (data !== '' && number === undefined) yield* this.#begin(key, { kind: 'redacted_thinking', data });
    if (part.type === 'reasoning-end') yield* this.#end(key);
  }

  *#beginCall({ id, toolName: name, providerMetadata }: Part<'tool-input-start'>): Generator<AnswerEvent> {
    yield* this.#signCall(id, sealedCall(providerMetadata, this.#carrier));
    yield* this.#begin(`call ${id}`, { kind: 'tool_call', id, name });
  }

  /** Gemini signs its calls; clients have a place for signatures only on thoughts, so an empty one goes before. */
  *#signCall(id: string, signature: string): Generator<AnswerEvent> {
    if (signature === '' || this.#numbers.has(`call ${id}`)) return;
    const key = `thought of ${id}`;
    yield* this.#begin(key, { kind: 'thinking' });
    const part = this.#numbers.get(key);
    if (part !== undefined) yield { kind: 'signature', part, signature };
    yield* this.#end(key);
  }

  /** The same call again, whole, at its end; the first word of it only from a library that does not stream calls. */
  *#wholeCall(call: Part<'tool-call'>): Generator<AnswerEvent> {
    if (call.providerExecuted === true) return this.#dropped.add(nameOf('tool-call'));
    const { toolCallId: id, toolName: name, input } = call;
    const key = `call ${id}`;
    if (this.#numbers.has(key)) return;
    yield* this.#signCall(id, sealedCall(call.providerMetadata, this.#carrier));
    yield* this.#begin(key, { kind: 'tool_call', id, name });
    yield* this.#grow(key, input);
    yield* this.#end(key);
  }

  *#finish({ finishReason, usage }: Part<'finish'>): Generator<AnswerEvent> {
    this.over = true;
    const counted = this.#carrier.readUsage(usage.raw);
    if (counted !== null) yield { kind: 'usage', usage: counted };
    const read = readStop(finishReason, this.#asked.neutral);
    if (read === null) return yield { kind: 'error', problem: brokenStream(unfinished) };
    if (read.kind === 'problem') return yield { kind: 'error', problem: read.problem };
    if (read.unknown !== null) this.#dropped.add(read.unknown);
    yield { kind: 'stop', stop: read.stop };
    yield { kind: 'end' };
  }
}
