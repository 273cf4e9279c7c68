import type { StreamFraming } from '../dialect.ts';
import { FrameCutter, readEvent } from '../event-frames.ts';

/**
 * A stream as Google answers it without `alt=sse`: one JSON array of chunks. Takes whole events, and an error comes as
 * one more element.
 */
export class JsonArrayFraming implements StreamFraming {
  readonly contentType = 'application/json; charset=UTF-8';
  readonly #cutter = new FrameCutter();
  #begun = false;

  push(events: Uint8Array): Buffer {
    const elements: string[] = [];
    for (const frame of this.#cutter.push(events)) {
      const event = readEvent(frame);
      if (event === null) continue;
      elements.push(this.#begun ? ',\r\n' : '[', event.data);
      this.#begun = true;
    }
    return Buffer.from(elements.join(''));
  }

  end(): Buffer {
    return Buffer.from(this.#begun ? '\n]\n' : '[]\n');
  }
}
