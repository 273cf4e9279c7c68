/** Collects the names of what cannot be carried: each once, in order, fit for a header and for the log. */
export class Dropped {
  readonly #names = new Set<string>();

  add(name: string): void {
    if (this.#names.size < mostNames) this.#names.add(plainName(name));
  }

  addAll(names: readonly string[]): void {
    for (const name of names) this.add(name);
  }

  list(): readonly string[] {
    return [...this.#names];
  }
}

const mostNames = 50;
const nameLike = /^[\x21-\x2b\x2d-\x7e]{1,80}$/;

/**
 * A client chooses the names of its unknown fields and flags: one that could be a text, with spaces in it or longer than
 * names are, is not repeated.
 */
export function plainName(name: string): string {
  return nameLike.test(name) ? name : 'a_field_without_a_plain_name';
}
