import type { Usage } from '#engine/catalogue/index.ts';
import { charactersIn, DeltaTemplate } from '../delta-template.ts';
import type { FrameMeaning, StreamReader } from '../dialect.ts';
import { objectIn, readEvent } from '../event-frames.ts';
import { classifyError, errorMessage } from '../openai-chat/errors.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { readUsage } from './read-usage.ts';

const lifecycle = { kind: 'lifecycle' } as const;
const content = { kind: 'content' } as const;
const end = { kind: 'end' } as const;

/** Events that say that something begins, and nothing of what it is. */
const beginnings = new Set([
  'response.queued',
  'response.in_progress',
  'response.content_part.added',
  'response.reasoning_summary_part.added',
]);
/** Items that open empty and are filled by deltas; any other item opens with what it has to say. */
const filledByDeltas = new Set(['message', 'reasoning']);

/** Reads a stream of response events. */
export class ResponseStreamReader implements StreamReader {
  #response: WireObject = {};
  #nextNumber = 0;
  #usage: Usage | null = null;
  #finished = false;
  #outputCharacters = 0;
  readonly #delta = new DeltaTemplate();

  /** The response as the last event said that held one. */
  get response(): WireObject {
    return this.#response;
  }

  /** The number that the next event of the stream would have. */
  get nextNumber(): number {
    return this.#nextNumber;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get usage(): Usage | null {
    return this.#usage;
  }

  get outputCharacters(): number {
    return this.#outputCharacters;
  }

  read(frame: Buffer): FrameMeaning {
    const template = this.#delta;
    if (template.matches(frame)) {
      this.#outputCharacters += charactersIn(frame, template.textStart, template.textEnd);
      if (template.number >= 0) this.#nextNumber = template.number + 1;
      return content;
    }
    const event = readEvent(frame);
    const wire = event === null ? null : objectIn(event);
    if (event === null || wire === null) return lifecycle;
    if (typeof wire.sequence_number === 'number') this.#nextNumber = wire.sequence_number + 1;
    if (isWireObject(wire.response)) {
      this.#response = wire.response;
      this.#usage = readUsage(wire.response.usage, wire.response) ?? this.#usage;
    }
    const type = textOf(wire.type) || event.name;
    const meaning = this.#mean(type, wire);
    if (type.endsWith('.delta') && wire.response === undefined) {
      template.learn(frame, 'delta', textOf(wire.delta));
    }
    return meaning;
  }

  #mean(type: string, wire: WireObject): FrameMeaning {
    switch (type) {
      case 'response.created':
        return lifecycle;
      case 'response.output_item.added':
        return isWireObject(wire.item) && filledByDeltas.has(textOf(wire.item.type)) ? lifecycle : content;
      case 'response.completed':
      case 'response.incomplete':
        this.#finished = true;
        return end;
      case 'response.failed':
        return failure(this.#response, false);
      case 'error':
        // Its words stand in the event itself, at some servers in an object of their own.
        return failure(isWireObject(wire.error) ? wire : { error: wire }, true);
      default:
        if (beginnings.has(type)) return lifecycle;
        if (type.endsWith('.delta')) this.#outputCharacters += textOf(wire.delta).length;
        return content;
    }
  }
}

/** Not every client reads `error`: `response.failed` has to follow. */
function failure(wire: WireObject, unfinished: boolean): FrameMeaning {
  return { kind: 'error', error: classifyError(200, wire), message: errorMessage(wire), unfinished };
}
