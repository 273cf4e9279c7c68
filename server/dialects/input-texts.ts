/** What a field holds that takes a text, several texts, tokens, or several lists of tokens. */
export type InputTexts =
  | { readonly kind: 'ok'; readonly texts: readonly string[]; readonly tokens: number }
  | { readonly kind: 'bad' };

/** Reads `prompt` of a completion or `input` of an embedding. `tokens` counts those that came as numbers. */
export function readInputTexts(value: unknown): InputTexts {
  if (typeof value === 'string') return value === '' ? bad : { kind: 'ok', texts: [value], tokens: 0 };
  if (!Array.isArray(value) || value.length === 0) return bad;
  if (value.every((one) => typeof one === 'string')) return { kind: 'ok', texts: value, tokens: 0 };
  if (value.every(isToken)) return { kind: 'ok', texts: [], tokens: value.length };
  let tokens = 0;
  for (const list of value) {
    if (!Array.isArray(list) || !list.every(isToken)) return bad;
    tokens += list.length;
  }
  return { kind: 'ok', texts: [], tokens };
}

const bad: InputTexts = Object.freeze({ kind: 'bad' });

function isToken(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
