/** Collects the names of what cannot be carried: each once, in order, fit for a header. */
export class Dropped {
  readonly #names = new Set<string>();

  add(name: string): void {
    // A client chooses the names of its unknown fields, so they are cut and cleaned.
    if (this.#names.size < mostNames)
      this.#names.add(name.replace(/[^\x21-\x2b\x2d-\x7e]/g, '?').slice(0, 80));
  }

  addAll(names: readonly string[]): void {
    for (const name of names) this.add(name);
  }

  list(): readonly string[] {
    return [...this.#names];
  }
}

const mostNames = 50;
