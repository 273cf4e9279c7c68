/** A JSON object of somebody else's, of which nothing is known but that it is one. */
export type WireObject = Readonly<Record<string, unknown>>;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field; empty when it is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A count of tokens; 0 when it is none. */
export function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** A positive whole number; `null` when it is none. */
export function limitOf(value: unknown): number | null {
  const count = countOf(value);
  return count === 0 ? null : count;
}

/** About how many characters a value takes as JSON: all but what has to be escaped. A tenth of the cost of writing it. */
export function jsonCharacters(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return String(value).length;
  let characters = 2;
  if (Array.isArray(value)) {
    for (const item of value) characters += jsonCharacters(item) + 1;
    return value.length === 0 ? characters : characters - 1;
  }
  for (const key in value) characters += key.length + 4 + jsonCharacters((value as WireObject)[key]);
  return characters === 2 ? characters : characters - 1;
}

/** `JSON.parse` that answers `undefined` for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
