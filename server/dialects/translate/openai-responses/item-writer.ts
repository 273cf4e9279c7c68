import { isWireObject, parseJson, type WireObject } from '../../wire-value.ts';
import type { PartWriter } from '../in-order.ts';
import type { PartStart } from '../neutral-answer.ts';
import { growing, type NumberedFrames } from './event-frames.ts';
import { type ToolKind, textOfArguments } from './tool-kinds.ts';
import { endOfItem, itemId, writeItem, writePart } from './write-item.ts';

/** Where an item stands in its response. */
export interface ItemPlace {
  readonly response: string;
  readonly index: number;
  readonly asked: WireObject;
  /** How the tool that is called was offered. */
  readonly tool: ToolKind | undefined;
}

/** The events of a kind of part: what it grows by, and what is said once it is whole. */
const events = {
  text: ['response.output_text.delta', 'response.output_text.done'],
  refusal: ['response.refusal.delta', 'response.refusal.done'],
  tool_call: ['response.function_call_arguments.delta', 'response.function_call_arguments.done'],
  thinking: ['response.reasoning_summary_text.delta', 'response.reasoning_summary_text.done'],
  redacted_thinking: ['', ''],
} as const satisfies Readonly<Record<PartStart['kind'], readonly [string, string]>>;

/** Writes one output item: that it was added, how it grows, what it has become. */
export class ItemWriter implements PartWriter {
  readonly #start: PartStart;
  readonly #place: ItemPlace;
  readonly #frames: NumberedFrames;
  readonly #id: string;
  /** What every event about the item says. */
  readonly #where: object;
  readonly #before: string;
  /** Its input is free text inside JSON, which is only known when it is whole. */
  readonly #isCustom: boolean;
  #text = '';
  #signature = '';
  #partIsOpen = false;

  constructor(start: PartStart, place: ItemPlace, frames: NumberedFrames, out: string[]) {
    this.#start = start;
    this.#place = place;
    this.#frames = frames;
    const { index, tool } = place;
    this.#isCustom = tool?.kind === 'custom';
    this.#id = itemId(start.kind, place.response, index, tool);
    const inside =
      start.kind === 'tool_call' ? {} : isSaid(start) ? { content_index: 0 } : { summary_index: 0 };
    this.#where = { item_id: this.#id, output_index: index, ...inside };
    const logprobs = start.kind === 'text' ? { logprobs: [] } : {};
    this.#before = growing(events[start.kind][0], { ...this.#where, ...logprobs });
    const item = writeItem(this.#id, this.#grown(), 'in_progress', place.asked, tool);
    frames.write('response.output_item.added', { output_index: index, item }, out);
    if (isSaid(start)) this.#openPart(out);
  }

  grow(text: string, out: string[]): void {
    if (text === '' || this.#start.kind === 'redacted_thinking') return;
    if (!this.#partIsOpen) this.#openPart(out);
    this.#text += text;
    if (!this.#isCustom) this.#frames.grow(this.#before, text, out);
  }

  sign(signature: string): void {
    this.#signature = signature;
  }

  isComplete(): boolean {
    return (
      this.#start.kind === 'tool_call' && this.#text.endsWith('}') && isWireObject(parseJson(this.#text))
    );
  }

  /** `cut`: the answer ended in the middle of this. Answers the item as it is now. */
  end(out: string[], cut = false): object {
    if (this.#start.kind === 'tool_call' && this.#text === '' && !cut && !this.#isCustom)
      this.grow('{}', out);
    this.#closePart(out);
    const status = endOfItem(this.#grown(), cut);
    const item = writeItem(this.#id, this.#grown(), status, this.#place.asked, this.#place.tool);
    this.#frames.write('response.output_item.done', { output_index: this.#place.index, item }, out);
    return item;
  }

  #grown() {
    return { start: this.#start, text: this.#text, signature: this.#signature };
  }

  #openPart(out: string[]): void {
    this.#partIsOpen = true;
    const { kind } = this.#start;
    if (kind === 'tool_call') return;
    const type = isSaid(this.#start)
      ? 'response.content_part.added'
      : 'response.reasoning_summary_part.added';
    this.#frames.write(type, { ...this.#where, part: this.#part('') }, out);
  }

  #closePart(out: string[]): void {
    const { kind } = this.#start;
    if (this.#isCustom) {
      const input = textOfArguments(this.#text);
      this.#frames.write('response.custom_tool_call_input.delta', { ...this.#where, delta: input }, out);
      this.#frames.write('response.custom_tool_call_input.done', { ...this.#where, input }, out);
      return;
    }
    if (kind === 'redacted_thinking' || (kind === 'thinking' && !this.#partIsOpen)) return;
    this.#frames.write(events[kind][1], { ...this.#where, ...this.#whole() }, out);
    if (kind === 'tool_call') return;
    const type = isSaid(this.#start) ? 'response.content_part.done' : 'response.reasoning_summary_part.done';
    this.#frames.write(type, { ...this.#where, part: this.#part(this.#text) }, out);
  }

  #whole(): object {
    switch (this.#start.kind) {
      case 'text':
        return { text: this.#text, logprobs: [] };
      case 'refusal':
        return { refusal: this.#text };
      case 'tool_call':
        return { name: this.#start.name, arguments: this.#text };
      case 'thinking':
      case 'redacted_thinking':
        return { text: this.#text };
    }
  }

  #part(text: string): object {
    return isSaid(this.#start) ? writePart(this.#start, text) : { type: 'summary_text', text };
  }
}

function isSaid({ kind }: PartStart): boolean {
  return kind === 'text' || kind === 'refusal';
}
