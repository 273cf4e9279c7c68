import type {
  RawContentBlockDelta,
  RawMessageStreamEvent,
  Usage,
} from '@anthropic-ai/sdk/resources/messages';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { framesOf } from './stream-tools.ts';

interface Call {
  readonly id: string;
  readonly name: string;
  json: string;
}

/** A message as a client puts it together. */
export class Heard {
  ending: 'complete' | 'error' | 'cut' = 'cut';
  text = '';
  thinking = '';
  readonly signatures: string[] = [];
  readonly calls: Call[] = [];
  /** Types of the blocks, in order. */
  readonly kinds: string[] = [];
  stopReason: string | null = null;
  usage: object | null = null;
}

function must(ok: boolean, what: string): asserts ok {
  if (!ok) throw new Error(`Illegal: ${what}`);
}

interface WireError {
  readonly type: 'error';
  readonly error: { readonly message: string; readonly type: string };
}

/** Checks a stream against Anthropic's event flow, written from its documentation and from nothing of ours; throws. */
export function hearAnthropic(text: string): Heard {
  const ear = new AnthropicEar();
  for (const { name, data } of framesOf(text)) {
    const wire: RawMessageStreamEvent | WireError = JSON.parse(data);
    must(name === wire.type, `event ${name} carries ${wire.type}`);
    ear.hear(wire);
  }
  return ear.heard;
}

const deltasOf: Readonly<Record<string, readonly string[]>> = {
  text: ['text_delta'],
  thinking: ['thinking_delta', 'signature_delta'],
  tool_use: ['input_json_delta'],
  redacted_thinking: [],
};

function inputOf(usage: Usage): number {
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage;
  return input_tokens + (cache_read_input_tokens ?? 0) + (cache_creation_input_tokens ?? 0);
}

class AnthropicEar {
  readonly heard = new Heard();
  #state: 'new' | 'open' | 'stopping' | 'over' = 'new';
  #block: { readonly type: string; readonly index: number } | null = null;

  hear(wire: RawMessageStreamEvent | WireError): void {
    must(this.#state !== 'over', `${wire.type} after the end`);
    switch (wire.type) {
      case 'message_start':
        must(this.#state === 'new', 'second message_start');
        must(wire.message.content.length === 0 && wire.message.stop_reason === null, 'message not empty');
        must(inputOf(wire.message.usage) > 0, 'message_start without usage');
        this.#state = 'open';
        return;
      case 'content_block_start':
        this.#startBlock(wire.index, wire.content_block);
        return;
      case 'content_block_delta':
        must(wire.index === this.#block?.index, 'delta outside its block');
        must(deltasOf[this.#block.type]!.includes(wire.delta.type), `${wire.delta.type} here`);
        this.#grow(wire.delta);
        return;
      case 'content_block_stop':
        must(wire.index === this.#block?.index, 'stop outside its block');
        this.#block = null;
        return;
      case 'message_delta':
        must(this.#state === 'open' && this.#block === null, 'message_delta too early or twice');
        must(typeof wire.delta.stop_reason === 'string', 'no stop_reason');
        must(typeof wire.usage.output_tokens === 'number', 'no output_tokens');
        this.heard.stopReason = wire.delta.stop_reason;
        this.heard.usage = wire.usage;
        this.#state = 'stopping';
        return;
      case 'message_stop':
        must(this.#state === 'stopping', 'message_stop too early');
        this.heard.ending = 'complete';
        this.#state = 'over';
        return;
      case 'error':
        must(wire.error.message !== '' && wire.error.type !== '', 'error without words');
        this.heard.ending = 'error';
        this.#state = 'over';
        return;
      default:
        must(false, 'unknown event');
    }
  }

  #startBlock(index: number, block: { type: string; id?: string; name?: string; input?: unknown }): void {
    must(this.#state === 'open' && this.#block === null, 'overlapping block');
    must(index === this.heard.kinds.length, `index ${index}`);
    must(block.type in deltasOf, `block of ${block.type}`);
    this.heard.kinds.push(block.type);
    this.#block = { type: block.type, index };
    if (block.type !== 'tool_use') return;
    must(/^[a-zA-Z0-9_-]+$/.test(block.id ?? ''), `tool id ${block.id}`);
    must(JSON.stringify(block.input) === '{}', 'input at the start');
    this.heard.calls.push({ id: block.id ?? '', name: block.name ?? '', json: '' });
  }

  #grow(delta: RawContentBlockDelta): void {
    if (delta.type === 'text_delta') this.heard.text += delta.text;
    if (delta.type === 'thinking_delta') this.heard.thinking += delta.thinking;
    if (delta.type === 'signature_delta') this.heard.signatures.push(delta.signature);
    if (delta.type === 'input_json_delta') this.heard.calls.at(-1)!.json += delta.partial_json;
  }
}

type Chunk = ChatCompletionChunk & { readonly error?: { readonly message: string } };
type Delta = ChatCompletionChunk.Choice.Delta & { readonly reasoning_content?: string };

/** Checks a stream against OpenAI's chunks likewise. */
export function hearOpenAi(text: string): Heard {
  const ear = new OpenAiEar();
  for (const { name, data } of framesOf(text)) {
    must(name === '', 'named event');
    must(ear.heard.ending === 'cut', 'chunk after the end');
    if (data === '[DONE]') ear.end();
    else ear.hear(JSON.parse(data));
  }
  return ear.heard;
}

class OpenAiEar {
  readonly heard = new Heard();
  #identity = '';

  end(): void {
    must(this.heard.stopReason !== null, '[DONE] without finish_reason');
    this.heard.ending = 'complete';
  }

  hear(wire: Chunk): void {
    if (wire.error !== undefined) {
      must(wire.error.message !== '', 'error without words');
      must(this.heard.stopReason === null, 'error after the finish');
      this.heard.ending = 'error';
      return;
    }
    const first = this.#identity === '';
    const identity = JSON.stringify([wire.id, wire.object, wire.created, wire.model]);
    must(first || identity === this.#identity, 'chunks of two answers');
    must(wire.object === 'chat.completion.chunk', wire.object);
    this.#identity = identity;
    const [choice] = wire.choices;
    if (choice === undefined) {
      must(this.heard.stopReason !== null && wire.usage !== null, 'usage before the finish');
      this.heard.usage = wire.usage ?? null;
      return;
    }
    must(this.heard.stopReason === null && this.heard.usage === null, 'delta after the finish');
    must(choice.index === 0 && first === (choice.delta.role === 'assistant'), 'role not first and once');
    this.#grow(choice.delta);
    this.heard.stopReason = choice.finish_reason;
  }

  #grow(delta: Delta): void {
    this.heard.text += delta.content ?? '';
    this.heard.thinking += delta.reasoning_content ?? '';
    for (const call of delta.tool_calls ?? []) {
      const known = this.heard.calls[call.index];
      if (known === undefined) {
        must(call.index === this.heard.calls.length, 'gap in the calls');
        must(typeof call.id === 'string' && call.type === 'function', 'call without id');
        const { name = '', arguments: json = '' } = call.function ?? {};
        this.heard.calls.push({ id: call.id, name, json });
      } else {
        must(call.id === undefined && call.function?.name === undefined, 'id or name twice');
        known.json += call.function?.arguments ?? '';
      }
    }
  }
}
