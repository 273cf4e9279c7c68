import type { ResponseOutputItem, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { Heard } from './legality.ts';
import { framesOf } from './stream-tools.ts';

function must(ok: boolean, what: string): asserts ok {
  if (!ok) throw new Error(`Illegal: ${what}`);
}

/** Checks a stream against OpenAI's response events, written from its reference and from nothing of ours; throws. */
export function hearResponses(text: string): Heard {
  const ear = new ResponsesEar();
  framesOf(
    text.replaceAll(/^event: ([\w.]+)$/gm, (_line, name: string) => `event: ${name.replaceAll('.', '_')}`),
  ).forEach(({ name, data }, at) => {
    const wire: ResponseStreamEvent = JSON.parse(data);
    must(name === wire.type.replaceAll('.', '_'), `event ${name} carries ${wire.type}`);
    must(wire.sequence_number === at, `number ${wire.sequence_number} at ${at}`);
    ear.hear(wire);
  });
  return ear.heard;
}

interface OpenItem {
  readonly index: number;
  readonly item: ResponseOutputItem;
  /** The open part's kind; empty outside of one. */
  part: string;
  grown: string;
  said: boolean;
}

class ResponsesEar {
  readonly heard = new Heard();
  readonly #items: ResponseOutputItem[] = [];
  #state: 'new' | 'created' | 'open' | 'over' = 'new';
  #open: OpenItem | null = null;
  #id = '';

  hear(wire: ResponseStreamEvent): void {
    must(this.#state !== 'over', `${wire.type} after the end`);
    if ('response' in wire) {
      must(this.#id === '' || this.#id === wire.response.id, 'another response');
      this.#id = wire.response.id;
    }
    switch (wire.type) {
      case 'response.created':
        must(this.#state === 'new', 'created twice');
        must(wire.response.status === 'in_progress' && wire.response.output.length === 0, 'not new');
        this.#state = 'created';
        return;
      case 'response.in_progress':
        must(this.#state === 'created', 'in_progress without created');
        this.#state = 'open';
        return;
      case 'response.output_item.added':
        must(this.#state === 'open' && this.#open === null, 'overlapping item');
        must(wire.output_index === this.#items.length, `index ${wire.output_index}`);
        this.#open = { index: wire.output_index, item: wire.item, part: '', grown: '', said: false };
        this.heard.kinds.push(wire.item.type);
        return;
      case 'response.content_part.added':
      case 'response.reasoning_summary_part.added': {
        const open = this.#at(wire);
        must(open.part === '' && !open.said, 'second part');
        open.part = wire.part.type;
        return;
      }
      case 'response.output_text.delta':
      case 'response.refusal.delta':
      case 'response.reasoning_summary_text.delta':
      case 'response.function_call_arguments.delta': {
        const open = this.#at(wire);
        must(
          partOf[wire.type] === (open.part || open.item.type),
          `${wire.type} in ${open.part || open.item.type}`,
        );
        must(!open.said && wire.delta !== '', 'delta after done, or empty');
        open.grown += wire.delta;
        return;
      }
      case 'response.output_text.done':
      case 'response.reasoning_summary_text.done':
        this.#whole(this.#at(wire), wire.text);
        return;
      case 'response.refusal.done':
        this.#whole(this.#at(wire), wire.refusal);
        return;
      case 'response.function_call_arguments.done':
        this.#whole(this.#at(wire), wire.arguments);
        return;
      case 'response.content_part.done':
      case 'response.reasoning_summary_part.done': {
        const open = this.#at(wire);
        must(open.said && open.part === wire.part.type, 'part ends unsaid');
        must(('text' in wire.part ? wire.part.text : wire.part.refusal) === open.grown, 'part differs');
        open.part = '';
        return;
      }
      case 'response.output_item.done':
        this.#close(wire.output_index, wire.item);
        return;
      case 'response.completed':
      case 'response.incomplete':
        must(this.#state === 'open' && this.#open === null, 'end with an open item');
        must(`response.${wire.response.status}` === wire.type, 'status');
        must(JSON.stringify(wire.response.output) === JSON.stringify(this.#items), 'output differs');
        this.heard.stopReason = wire.response.incomplete_details?.reason ?? 'completed';
        this.heard.usage = wire.response.usage ?? null;
        this.heard.ending = 'complete';
        this.#state = 'over';
        return;
      case 'response.failed':
        must((wire.response.error?.message ?? '') !== '', 'error without words');
        this.heard.ending = 'error';
        this.#state = 'over';
        return;
      default:
        must(false, `unknown ${wire.type}`);
    }
  }

  #at(wire: { readonly output_index: number; readonly item_id: string }): OpenItem {
    const open = this.#open;
    must(open !== null && wire.output_index === open.index, 'outside its item');
    must(wire.item_id === open.item.id, 'of another item');
    return open;
  }

  #whole(open: OpenItem, text: string): void {
    must(!open.said && open.grown === text, 'said differs from its deltas');
    open.said = true;
  }

  #close(index: number, item: ResponseOutputItem): void {
    const open = this.#open;
    must(open !== null && index === open.index && item.id === open.item.id, 'done outside its item');
    must(open.part === '' && item.type === open.item.type, 'done with an open part');
    must(open.said || item.type === 'reasoning', 'done unsaid');
    if (item.type === 'message') this.heard.text += open.grown;
    if (item.type === 'reasoning') this.heard.thinking += open.grown;
    if (item.type === 'function_call') {
      must(item.arguments === open.grown, 'arguments differ');
      this.heard.calls.push({ id: item.call_id, name: item.name, json: item.arguments });
    }
    this.#items.push(item);
    this.#open = null;
  }
}

const partOf: Readonly<Record<string, string>> = {
  'response.output_text.delta': 'output_text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_summary_text.delta': 'summary_text',
  'response.function_call_arguments.delta': 'function_call',
};
