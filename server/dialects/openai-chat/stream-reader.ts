import type { Usage } from '#engine/catalogue/index.ts';
import { charactersIn, DeltaTemplate } from '../delta-template.ts';
import type { FrameMeaning, StreamReader } from '../dialect.ts';
import { objectIn, readEvent } from '../event-frames.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { usageIsHidden } from './change-request.ts';
import { classifyError, errorMessage } from './errors.ts';
import { readUsage } from './read-usage.ts';

const lifecycle = { kind: 'lifecycle' } as const;
const content = { kind: 'content' } as const;
const hidden = { kind: 'hidden' } as const;
const end = { kind: 'end' } as const;

/** Reads a stream of chat completion chunks. */
export class ChatStreamReader implements StreamReader {
  readonly #hideUsage: boolean;
  #doneSeen = false;
  #choices = new Map<number, boolean>();
  #usage: Usage | null = null;
  #outputCharacters = 0;
  readonly #delta = new DeltaTemplate();

  constructor(request: WireObject) {
    this.#hideUsage = usageIsHidden(request);
  }

  /** By `[DONE]`, or where a server never sends it by a finish reason for every choice. */
  get finished(): boolean {
    if (this.#doneSeen) return true;
    if (this.#choices.size === 0) return false;
    for (const finished of this.#choices.values()) if (!finished) return false;
    return true;
  }

  get usage(): Usage | null {
    return this.#usage;
  }

  get outputCharacters(): number {
    return this.#outputCharacters;
  }

  read(frame: Buffer): FrameMeaning {
    const delta = this.#delta;
    if (delta.matches(frame)) {
      this.#outputCharacters += charactersIn(frame, delta.textStart, delta.textEnd);
      return content;
    }
    const event = readEvent(frame);
    if (event === null) return lifecycle;
    if (event.data.trim() === '[DONE]') {
      this.#doneSeen = true;
      return end;
    }
    const chunk = objectIn(event);
    if (chunk === null) return lifecycle;
    if (isWireObject(chunk.error) || typeof chunk.error === 'string' || event.name === 'error') {
      return { kind: 'error', error: classifyError(200, chunk), message: errorMessage(chunk) };
    }
    const meaning = this.#readChunk(chunk);
    if (meaning === content) learnFrom(delta, frame, chunk);
    return meaning;
  }

  #readChunk(chunk: WireObject): FrameMeaning {
    const usage = readUsage(chunk.usage, chunk);
    if (usage !== null) this.#usage = usage;
    const choices = Array.isArray(chunk.choices) ? chunk.choices : [];
    if (choices.length === 0) return usage !== null && this.#hideUsage ? hidden : lifecycle;
    let hasContent = false;
    for (const choice of choices) if (isWireObject(choice) && this.#readChoice(choice)) hasContent = true;
    return hasContent ? content : lifecycle;
  }

  #readChoice(choice: WireObject): boolean {
    const index = typeof choice.index === 'number' ? choice.index : 0;
    const finished = typeof choice.finish_reason === 'string';
    this.#choices.set(index, finished || this.#choices.get(index) === true);
    const delta = isWireObject(choice.delta) ? choice.delta : {};
    const text =
      // Legacy completions have their text in the choice itself.
      textOf(choice.text) +
      textOf(delta.content) +
      textOf(delta.reasoning_content) +
      textOf(delta.reasoning) +
      textOf(delta.refusal);
    const calls = Array.isArray(delta.tool_calls) ? delta.tool_calls : [];
    this.#outputCharacters += text.length;
    for (const call of calls) this.#outputCharacters += charactersOfCall(call);
    const other = isWireObject(delta.function_call) || isWireObject(delta.audio);
    return finished || text !== '' || calls.length > 0 || other;
  }
}

/** Chunks that add text to one choice, and say nothing else, come by the hundred. */
function learnFrom(template: DeltaTemplate, frame: Buffer, { choices, usage }: WireObject): void {
  const [choice, ...more] = Array.isArray(choices) ? choices : [];
  if (!isWireObject(choice) || more.length > 0 || isWireObject(usage)) return;
  if (typeof choice.finish_reason === 'string') return;
  const delta = isWireObject(choice.delta) ? choice.delta : choice;
  const [key, ...others] = growing.filter((name) => textOf(delta[name]) !== '');
  if (key === undefined || others.length > 0 || holdsMore(delta)) return;
  template.learn(frame, key, textOf(delta[key]));
}

const growing = ['content', 'reasoning_content', 'reasoning', 'refusal', 'text'];

function holdsMore({ tool_calls, function_call, audio }: WireObject): boolean {
  return Array.isArray(tool_calls) || isWireObject(function_call) || isWireObject(audio);
}

function charactersOfCall(call: unknown): number {
  const made = isWireObject(call) && isWireObject(call.function) ? call.function : {};
  return textOf(made.name).length + textOf(made.arguments).length;
}
