import { DeltaTemplate } from '../../delta-template.ts';
import { isWireObject, parseJson, textOf, type WireObject } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import type { EventReader, EventSink } from '../neutral-answer.ts';
import { brokenStream } from '../problem-status.ts';
import { SseParser } from '../sse-parser.ts';
import { readOpenAiProblem } from './problem.ts';
import { readContent } from './read-content.ts';
import { readFinishReason } from './stop-reason.ts';
import { ToolCallReader } from './tool-call-reader.ts';
import type { ToolNames } from './tool-names.ts';
import { readOpenAiUsage } from './usage.ts';

type Told = 'text' | 'thinking' | 'refusal';

/**
 * Reads a stream of `chat.completion.chunk` objects. Text, what was thought and several tool calls may grow in turns:
 * each is a part of its own. The answer is whole once `finish_reason` was there; what ends before is an error.
 */
export class OpenAiEventReader implements EventReader {
  readonly #sink: EventSink;
  readonly #parser = new SseParser(
    (_name, data) => this.#readData(data),
    (bytes, start, end) => this.#recognise(bytes, start, end),
  );
  readonly #delta = new DeltaTemplate();
  /** What the frames tell that are recognised. */
  #learned: Told | null = null;
  readonly #dropped = new Dropped();
  readonly #calls: ToolCallReader;
  #parts = 0;
  /** The part that grows now, of what is told rather than called. */
  #told: Told | null = null;
  #toldPart = -1;
  #refused = false;
  #started = false;
  #finishReason: string | null = null;
  #over = false;
  /** The upstream has closed: an event without its end may be half of one. */
  #closing = false;

  constructor(sink: EventSink, names?: ToolNames) {
    this.#sink = sink;
    this.#calls = new ToolCallReader(sink, () => this.#nextPart(), names);
  }

  get dropped(): readonly string[] {
    return this.#dropped.list();
  }

  push(chunk: Uint8Array): void {
    if (this.#over) return;
    try {
      this.#parser.push(chunk);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#fail(error.message, 'server_error');
    }
  }

  end(): void {
    this.#closing = true;
    if (!this.#over) this.#parser.end();
    if (!this.#over) this.#finish();
  }

  #readData(data: string): void {
    if (this.#over) return;
    if (data === '[DONE]') {
      this.#finish();
      return;
    }
    const wire = parseJson(data);
    if (!isWireObject(wire)) this.#failUnreadable();
    else if (wire.error !== undefined && wire.error !== null) this.#readError(wire);
    else this.#readChunk(wire, data);
  }

  /** One more of the part that grows. */
  #recognise(bytes: Buffer, start: number, end: number): boolean {
    const delta = this.#delta;
    if (this.#over || this.#told === null || this.#told !== this.#learned) return false;
    if (!delta.matches(bytes, start, end)) return false;
    const text = bytes.toString('utf8', delta.textStart, delta.textEnd);
    this.#sink({ kind: 'delta', part: this.#toldPart, text });
    return true;
  }

  #readError(wire: WireObject): void {
    this.#over = true;
    const problem =
      readOpenAiProblem(wire, 200) ??
      brokenStream('The upstream sent an error without a word.', 'server_error');
    this.#sink({ kind: 'error', problem });
  }

  #readChunk(wire: WireObject, data: string): void {
    if (!this.#started) this.#start(wire);
    const choices = Array.isArray(wire.choices) ? wire.choices : [];
    for (const choice of choices) if (isWireObject(choice)) this.#readChoice(choice);
    const usage = readOpenAiUsage(wire.usage, wire);
    if (usage !== null) this.#sink({ kind: 'usage', usage });
    const grown = grownBy(wire);
    if (grown === null) return;
    if (this.#delta.learn(Buffer.from(data), grown.key, grown.text)) this.#learned = this.#told;
  }

  #start(wire: WireObject): void {
    this.#started = true;
    const tier = textOf(wire.service_tier);
    const serviceTier = tier === 'default' ? 'standard' : tier;
    this.#sink({
      kind: 'start',
      id: textOf(wire.id),
      model: textOf(wire.model),
      usage: null,
      ...(serviceTier === '' ? {} : { serviceTier }),
    });
  }

  #readChoice(choice: WireObject): void {
    if (choice.index !== undefined && choice.index !== 0) {
      this.#dropped.add('choices>1');
      return;
    }
    const delta = choice.delta;
    if (isWireObject(delta)) this.#readDelta(delta);
    if (choice.logprobs !== undefined && choice.logprobs !== null)
      this.#sink({ kind: 'logprobs', logprobs: choice.logprobs });
    if (typeof choice.finish_reason === 'string') this.#finishReason ??= choice.finish_reason;
  }

  #readDelta(delta: WireObject): void {
    const { content, reasoning_content, reasoning, refusal, tool_calls } = delta;
    if (typeof reasoning_content === 'string') this.#tell('thinking', reasoning_content);
    else if (typeof reasoning === 'string') this.#tell('thinking', reasoning);
    if (typeof content === 'string') this.#tell('text', content);
    else if (Array.isArray(content)) this.#tellContent(content);
    if (typeof refusal === 'string') this.#tell('refusal', refusal);
    if (!Array.isArray(tool_calls)) return;
    for (const call of tool_calls) {
      if (!isWireObject(call)) continue;
      this.#endTold();
      this.#calls.read(call);
    }
  }

  #tellContent(content: readonly unknown[]): void {
    const { text, thinking } = readContent(content);
    this.#tell('thinking', thinking);
    this.#tell('text', text);
  }

  #tell(told: Told, text: string): void {
    if (text === '') return;
    if (this.#told !== told) {
      this.#endTold();
      this.#told = told;
      this.#toldPart = this.#nextPart();
      if (told === 'refusal') this.#refused = true;
      this.#sink({ kind: 'part_start', part: this.#toldPart, start: { kind: told } });
    }
    this.#sink({ kind: 'delta', part: this.#toldPart, text });
  }

  #endTold(): void {
    if (this.#told === null) return;
    this.#told = null;
    this.#sink({ kind: 'part_end', part: this.#toldPart });
  }

  #nextPart(): number {
    this.#parts += 1;
    return this.#parts - 1;
  }

  #finish(): void {
    if (this.#finishReason === null) {
      this.#fail(
        this.#started
          ? 'The upstream ended its answer before it was complete.'
          : 'The upstream ended its answer before it began.',
      );
      return;
    }
    this.#over = true;
    this.#endTold();
    this.#calls.end();
    const contents = { toolCalls: this.#calls.count > 0, refusal: this.#refused };
    this.#sink({ kind: 'stop', stop: readFinishReason(this.#finishReason, contents) });
    this.#sink({ kind: 'end' });
  }

  #failUnreadable(): void {
    if (!this.#closing) this.#fail('The upstream sent an event that is not a JSON object.', 'server_error');
  }

  #fail(message: string, code?: 'server_error'): void {
    this.#over = true;
    this.#sink({ kind: 'error', problem: brokenStream(message, code) });
  }
}

/** What a chunk adds that does nothing but add to one text; `null` for any other. */
function grownBy({ choices, usage }: WireObject): { readonly key: string; readonly text: string } | null {
  const [choice, ...more] = Array.isArray(choices) ? choices : [];
  if (!isWireObject(choice) || more.length > 0 || isWireObject(usage) || choice.index !== 0) return null;
  const { delta, finish_reason, logprobs } = choice;
  if (!isWireObject(delta) || typeof finish_reason === 'string' || isWireObject(logprobs)) return null;
  const [key, ...others] = Object.keys(delta).filter((name) => delta[name] !== null && delta[name] !== '');
  if (key === undefined || others.some((name) => name !== 'role') || !growing.has(key)) return null;
  const text = textOf(delta[key]);
  return text === '' ? null : { key, text };
}

const growing = new Set(['content', 'reasoning_content', 'reasoning', 'refusal']);
