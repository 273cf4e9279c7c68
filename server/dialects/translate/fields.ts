import { isWireObject, type WireObject } from '../wire-value.ts';
import type { Dropped } from './dropped.ts';

/** A body that cannot be read: what is wrong, where, and what would be right. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
  /** The place in the body: `messages[2].content`. */
  readonly param: string;

  constructor(param: string, message: string) {
    super(`${param || 'The body'}: ${message}`);
    this.param = param;
  }
}

/**
 * A JSON object of somebody else's, read field by field. Every field has to be asked for: `rest` names those nobody
 * asked for, so nothing can be forgotten in silence. `null` counts as absent throughout, as both APIs have it.
 */
export class Fields {
  readonly #wire: WireObject;
  readonly #asked = new Set<string>();
  /** Where the object stands, with indexes: `messages[2]`. */
  readonly at: string;

  constructor(wire: WireObject, at: string) {
    this.#wire = wire;
    this.at = at;
  }

  raw(name: string): unknown {
    this.#asked.add(name);
    return this.#wire[name] ?? undefined;
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.#wrong(name, 'a string', value);
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UnreadableBody(this.place(name), 'is missing; it should be a string.');
    return value;
  }

  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'number') return value;
    throw this.#wrong(name, 'a number', value);
  }

  flag(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.#wrong(name, 'true or false', value);
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.raw(name);
    if (value === undefined || Array.isArray(value)) return value;
    throw this.#wrong(name, 'a list', value);
  }

  wire(name: string): WireObject | undefined {
    const value = this.raw(name);
    if (value === undefined || isWireObject(value)) return value;
    throw this.#wrong(name, 'an object', value);
  }

  object(name: string): Fields | undefined {
    const value = this.wire(name);
    return value === undefined ? undefined : new Fields(value, this.place(name));
  }

  place(name: string): string {
    return this.at === '' ? name : `${this.at}.${name}`;
  }

  /** Names what nobody asked for and what is not empty. */
  rest(into: Dropped): void {
    for (const [name, value] of Object.entries(this.#wire)) {
      if (!this.#asked.has(name) && value !== null && value !== undefined) into.add(this.lost(name));
    }
  }

  /** A field's name for the list of what was dropped: without indexes. */
  lost(name: string): string {
    return this.place(name).replace(/\[\d+\]/g, '[]');
  }

  #wrong(name: string, wanted: string, value: unknown): UnreadableBody {
    return new UnreadableBody(this.place(name), `should be ${wanted}, not ${describe(value)}.`);
  }
}

/** The objects of a list with their places. */
export function fieldsOf(list: readonly unknown[], at: string): readonly Fields[] {
  return list.map((value, index) => {
    const place = `${at}[${index}]`;
    if (!isWireObject(value)) throw new UnreadableBody(place, `should be an object, not ${describe(value)}.`);
    return new Fields(value, place);
  });
}

export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object'
    : `the ${typeof value} ${JSON.stringify(value).slice(0, 40)}`;
}

/** The same object without the members that are `undefined`: for bodies and for optional properties. */
export function present<T extends object>(value: T): Present<T> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  // Object.fromEntries forgets the names; the filter above is what the type says.
  return Object.fromEntries(entries) as Present<T>;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
