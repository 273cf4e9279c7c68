import type { Usage } from '#engine/catalogue/index.ts';
import { charactersIn, DeltaTemplate } from '../delta-template.ts';
import type { FrameMeaning, StreamReader } from '../dialect.ts';
import { objectIn, readEvent } from '../event-frames.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { classifyError, errorMessage } from './errors.ts';
import { mergeUsage, readUsage } from './read-usage.ts';

const lifecycle = { kind: 'lifecycle' } as const;
const content = { kind: 'content' } as const;
const end = { kind: 'end' } as const;

/** Blocks that open empty and are filled by deltas; any other block opens with what it has to say. */
const filledByDeltas = new Set(['text', 'thinking', 'tool_use', 'server_tool_use', 'mcp_tool_use']);

/** Reads a stream of Anthropic message events. */
export class MessageStreamReader implements StreamReader {
  #usage: WireObject = {};
  #finished = false;
  #outputCharacters = 0;
  readonly #delta = new DeltaTemplate();

  get finished(): boolean {
    return this.#finished;
  }

  get usage(): Usage | null {
    return readUsage(this.#usage);
  }

  get outputCharacters(): number {
    return this.#outputCharacters;
  }

  read(frame: Buffer): FrameMeaning {
    const template = this.#delta;
    if (template.matches(frame)) {
      this.#outputCharacters += charactersIn(frame, template.textStart, template.textEnd);
      return content;
    }
    const event = readEvent(frame);
    const message = event === null ? null : objectIn(event);
    if (event === null || message === null) return lifecycle;
    // Some servers leave the name of the event to the data, where it stands again.
    switch (textOf(message.type) || event.name) {
      case 'message_start':
        this.#merge(isWireObject(message.message) ? message.message.usage : undefined);
        return lifecycle;
      case 'ping':
        return lifecycle;
      case 'content_block_start':
        return opensFull(message.content_block) ? content : lifecycle;
      case 'content_block_delta':
        this.#outputCharacters += charactersOf(message.delta);
        learnFrom(template, frame, message.delta);
        return content;
      case 'message_delta':
        this.#merge(message.usage);
        return content;
      case 'message_stop':
        this.#finished = true;
        return end;
      case 'error':
        return { kind: 'error', error: classifyError(200, message), message: errorMessage(message) };
      default:
        return content;
    }
  }

  #merge(usage: unknown): void {
    if (isWireObject(usage)) this.#usage = mergeUsage(this.#usage, usage);
  }
}

function opensFull(block: unknown): boolean {
  return !(isWireObject(block) && filledByDeltas.has(textOf(block.type)));
}

/** Deltas that add text, and say nothing else, come by the hundred. */
function learnFrom(template: DeltaTemplate, frame: Buffer, delta: unknown): void {
  if (!isWireObject(delta)) return;
  const [key, ...others] = growing.filter((name) => textOf(delta[name]) !== '');
  if (key !== undefined && others.length === 0) template.learn(frame, key, textOf(delta[key]));
}

const growing = ['text', 'thinking', 'partial_json'];

function charactersOf(delta: unknown): number {
  if (!isWireObject(delta)) return 0;
  const { text, thinking, partial_json: json } = delta;
  return textOf(text).length + textOf(thinking).length + textOf(json).length;
}
