import { isWireObject, parseJson } from '../../wire-value.ts';
import type { PartStart } from '../neutral-answer.ts';
import { toolUseId } from './write-parts.ts';

/** Writes one content block: its start at once, deltas of its own kind only, its end. */
export class BlockWriter {
  readonly #index: number;
  readonly #kind: PartStart['kind'];
  /** A delta's frame before and behind the growing text. */
  readonly #before: string;
  /** A tool's arguments so far. */
  #json = '';

  constructor(index: number, start: PartStart, out: string[]) {
    this.#index = index;
    this.#kind = start.kind;
    this.#before = `${head(index)}{"type":${deltaOf[start.kind]}`;
    const block = JSON.stringify(blockOf(start));
    out.push(
      `event: content_block_start\ndata: {"type":"content_block_start","index":${index},"content_block":${block}}\n\n`,
    );
  }

  grow(text: string, out: string[]): void {
    if (text === '' || this.#kind === 'redacted_thinking') return;
    if (this.#kind === 'tool_call') this.#json += text;
    out.push(`${this.#before + JSON.stringify(text)}}}\n\n`);
  }

  /** Only what was thought is signed. */
  sign(signature: string, out: string[]): void {
    if (this.#kind !== 'thinking') return;
    out.push(`${head(this.#index)}{"type":"signature_delta","signature":${JSON.stringify(signature)}}}\n\n`);
  }

  /** Whether a tool's arguments are a whole object, which nothing can follow. */
  isComplete(): boolean {
    const json = this.#json;
    return json.endsWith('}') && isWireObject(parseJson(json));
  }

  end(out: string[]): void {
    // A call without arguments is a call with none; what its deltas add up to has to parse.
    if (this.#kind === 'tool_call' && this.#json === '') this.grow('{}', out);
    out.push(`event: content_block_stop\ndata: {"type":"content_block_stop","index":${this.#index}}\n\n`);
  }
}

function head(index: number): string {
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":`;
}

const deltaOf: Readonly<Record<PartStart['kind'], string>> = {
  text: '"text_delta","text":',
  refusal: '"text_delta","text":',
  thinking: '"thinking_delta","thinking":',
  redacted_thinking: '"thinking_delta","thinking":',
  tool_call: '"input_json_delta","partial_json":',
};

function blockOf(start: PartStart): object {
  switch (start.kind) {
    case 'text':
    case 'refusal':
      return { type: 'text', text: '' };
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'redacted_thinking':
      return { type: 'redacted_thinking', data: start.data };
    case 'tool_call':
      return { type: 'tool_use', id: toolUseId(start.id), name: start.name, input: {} };
  }
}
