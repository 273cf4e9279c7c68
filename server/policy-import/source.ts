import { ImportProblem } from './outcome.ts';

/** A value of the source with its place, so that whatever is said about it can say where. */
export interface Source {
  readonly path: string;
  readonly value: unknown;
}

export function member(source: Source, key: string): Source {
  const { value } = source;
  const path = source.path === '' ? key : `${source.path}.${key}`;
  return { path, value: isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined };
}

/** The first of several spellings that is there. */
export function firstMember(source: Source, ...keys: readonly string[]): Source {
  const found = keys.map((key) => member(source, key)).find(isThere);
  return found ?? member(source, keys[0] ?? '');
}

export function isThere({ value }: Source): boolean {
  return value !== undefined && value !== null;
}

/** The items of a list; none where it is no list. */
export function items({ path, value }: Source): readonly Source[] {
  return Array.isArray(value) ? value.map((item, index) => ({ path: `${path}[${index}]`, value: item })) : [];
}

/** Members that hold something, in order. */
export function members(source: Source): readonly (Source & { readonly key: string })[] {
  return keysOf(source)
    .map((key) => ({ ...member(source, key), key }))
    .filter(isThere);
}

export function keysOf({ value }: Source): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

export function textOf({ value }: Source): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A number, also where it stands as text. */
export function numberOf({ value }: Source): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function textsOf(source: Source): readonly string[] {
  const one = textOf(source);
  if (one !== null) return [one];
  return items(source).flatMap((item) => textOf(item) ?? []);
}

/** @throws {ImportProblem} where something must be an object and is not. */
export function requireObject(source: Source, what: string): Source {
  if (isObject(source.value)) return source;
  throw new ImportProblem(source.path, `${what} must be an object, not ${shortly(source.value)}.`);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shortly(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `a ${typeof value}`;
}
