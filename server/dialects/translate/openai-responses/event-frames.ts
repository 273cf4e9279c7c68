/** Writes the frames of one response: every event carries the number after the last one's. */
export class NumberedFrames {
  #next = 0;

  get next(): number {
    return this.#next;
  }

  write(type: string, members: object, out: string[]): void {
    const data = JSON.stringify({ type, sequence_number: this.#next, ...members });
    this.#next += 1;
    out.push(`event: ${type}\ndata: ${data}\n\n`);
  }

  /** An event of which all but the growing text was written before, by {@link growing}. */
  grow(before: string, text: string, out: string[]): void {
    out.push(`${before}${JSON.stringify(text)},"sequence_number":${this.#next}}\n\n`);
    this.#next += 1;
  }
}

/** The beginning of an event that ends in its `delta`. */
export function growing(type: string, members: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...members }).slice(0, -1)},"delta":`;
}
