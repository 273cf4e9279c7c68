import { DeltaTemplate } from '../../delta-template.ts';
import { isWireObject, parseJson, textOf, type WireObject } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import type { EventReader, EventSink, PartStart } from '../neutral-answer.ts';
import { brokenStream } from '../problem-status.ts';
import { SseParser } from '../sse-parser.ts';
import { readAnthropicProblem } from './problem.ts';
import { readStopReason } from './stop-reason.ts';
import { mergeUsage, readAnthropicUsage } from './usage.ts';

/**
 * Reads a stream of Anthropic's message events. A block's number is its part's. The answer is whole once a
 * `message_delta` gave its `stop_reason`; what ends before is an error.
 */
export class AnthropicEventReader implements EventReader {
  readonly #sink: EventSink;
  readonly #parser = new SseParser(
    (_name, data) => this.#readData(data),
    (bytes, start, end) => this.#recognise(bytes, start, end),
  );
  readonly #template = new DeltaTemplate();
  /** The block that the frames add to that are recognised. */
  #learned = -1;
  readonly #dropped = new Dropped();
  /** Open blocks, and what a tool's block held before its first delta. */
  readonly #open = new Map<number, { input: string }>();
  #usage: WireObject = {};
  #started = false;
  #stopped = false;
  #over = false;
  /** The upstream has closed: an event without its end may be half of one. */
  #closing = false;

  constructor(sink: EventSink) {
    this.#sink = sink;
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
    const wire = parseJson(data);
    if (!isWireObject(wire)) {
      this.#failUnreadable();
      return;
    }
    this.#readEvent(wire);
    if (wire.type === 'content_block_delta') this.#learn(wire, data);
  }

  /** One more of the same text of the same block. */
  #recognise(bytes: Buffer, start: number, end: number): boolean {
    const template = this.#template;
    if (this.#over || !this.#open.has(this.#learned) || !template.matches(bytes, start, end)) return false;
    const text = bytes.toString('utf8', template.textStart, template.textEnd);
    this.#sink({ kind: 'delta', part: this.#learned, text });
    return true;
  }

  #learn({ index, delta }: WireObject, data: string): void {
    if (!isWireObject(delta)) return;
    const key = delta.type === 'text_delta' ? 'text' : delta.type === 'thinking_delta' ? 'thinking' : '';
    if (key === '' || textOf(delta[key]) === '') return;
    if (this.#template.learn(Buffer.from(data), key, textOf(delta[key]))) this.#learned = numberOf(index);
  }

  #readEvent(wire: WireObject): void {
    switch (wire.type) {
      case 'content_block_delta':
        this.#readDelta(wire);
        return;
      case 'content_block_start':
        this.#readBlockStart(wire);
        return;
      case 'content_block_stop':
        this.#endBlock(numberOf(wire.index));
        return;
      case 'message_start':
        this.#start(isWireObject(wire.message) ? wire.message : {});
        return;
      case 'message_delta':
        this.#readMessageDelta(wire);
        return;
      case 'message_stop':
        this.#finish();
        return;
      case 'error':
        this.#readError(wire);
        return;
      default:
        // Pings, and events that are not known yet, which the API asks clients to pass over.
        return;
    }
  }

  #start(message: WireObject): void {
    if (this.#started) return;
    this.#started = true;
    if (isWireObject(message.usage)) this.#usage = message.usage;
    const tier = textOf(this.#usage.service_tier);
    this.#sink({
      kind: 'start',
      id: textOf(message.id),
      model: textOf(message.model),
      usage: readAnthropicUsage(this.#usage),
      ...(tier === '' ? {} : { serviceTier: tier }),
    });
  }

  #readBlockStart(wire: WireObject): void {
    const part = numberOf(wire.index);
    const block = isWireObject(wire.content_block) ? wire.content_block : {};
    const start = readStart(block);
    if (start === undefined) {
      this.#dropped.add(`content.${textOf(block.type)}`);
      return;
    }
    // A block usually begins empty; what it does hold is its first delta.
    const input = isWireObject(block.input) && Object.keys(block.input).length > 0 ? block.input : undefined;
    this.#open.set(part, { input: input === undefined ? '' : JSON.stringify(input) });
    this.#sink({ kind: 'part_start', part, start });
    this.#grow(part, textOf(block.text) || textOf(block.thinking));
    const signature = textOf(block.signature);
    if (signature !== '') this.#sink({ kind: 'signature', part, signature });
  }

  #readDelta(wire: WireObject): void {
    const part = numberOf(wire.index);
    const delta = wire.delta;
    const block = this.#open.get(part);
    if (block === undefined || !isWireObject(delta)) return;
    switch (delta.type) {
      case 'text_delta':
        this.#grow(part, textOf(delta.text));
        return;
      case 'input_json_delta': {
        const json = textOf(delta.partial_json);
        // What came with the block's start was then a preview.
        if (json !== '') block.input = '';
        this.#grow(part, json);
        return;
      }
      case 'thinking_delta':
        this.#grow(part, textOf(delta.thinking));
        return;
      case 'signature_delta':
        this.#sink({ kind: 'signature', part, signature: textOf(delta.signature) });
        return;
      default:
        this.#dropped.add(textOf(delta.type).replace('_delta', ''));
    }
  }

  #grow(part: number, text: string): void {
    if (text !== '') this.#sink({ kind: 'delta', part, text });
  }

  #endBlock(part: number): void {
    const block = this.#open.get(part);
    if (block === undefined) return;
    this.#grow(part, block.input);
    this.#open.delete(part);
    this.#sink({ kind: 'part_end', part });
  }

  #readMessageDelta(wire: WireObject): void {
    const delta = isWireObject(wire.delta) ? wire.delta : {};
    if (isWireObject(wire.usage)) {
      this.#usage = mergeUsage(this.#usage, wire.usage);
      const usage = readAnthropicUsage(this.#usage);
      if (usage !== null) this.#sink({ kind: 'usage', usage });
    }
    if (typeof delta.stop_reason !== 'string') return;
    this.#stopped = true;
    const stop = readStopReason(delta.stop_reason, textOf(delta.stop_sequence));
    this.#sink({ kind: 'stop', stop });
  }

  #finish(): void {
    if (!this.#stopped) {
      this.#fail(
        this.#started
          ? 'The upstream ended its answer before it was complete.'
          : 'The upstream ended its answer before it began.',
      );
      return;
    }
    this.#over = true;
    for (const part of this.#open.keys()) this.#sink({ kind: 'part_end', part });
    this.#sink({ kind: 'end' });
  }

  #readError(wire: WireObject): void {
    this.#over = true;
    const problem =
      readAnthropicProblem(wire, 200) ??
      brokenStream('The upstream sent an error without a word.', 'server_error');
    this.#sink({ kind: 'error', problem });
  }

  #failUnreadable(): void {
    if (!this.#closing) this.#fail('The upstream sent an event that is not a JSON object.', 'server_error');
  }

  #fail(message: string, code?: 'server_error'): void {
    this.#over = true;
    this.#sink({ kind: 'error', problem: brokenStream(message, code) });
  }
}

function readStart(block: WireObject): PartStart | undefined {
  switch (block.type) {
    case 'text':
    case 'thinking':
      return { kind: block.type };
    case 'redacted_thinking':
      return { kind: 'redacted_thinking', data: textOf(block.data) };
    case 'tool_use':
      return { kind: 'tool_call', id: textOf(block.id), name: textOf(block.name) };
    default:
      return undefined;
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
