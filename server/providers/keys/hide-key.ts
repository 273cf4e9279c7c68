/** Shorter ones are no keys, and would be found in any text. */
const shortest = 8;

/** A text without a key in it: some providers repeat the one they were called with. As long as before. */
export function hideKey(text: string, key: string): string {
  if (key.length < shortest) return text;
  const shown = key.length < 12 ? 0 : 4;
  const mask = `${key.slice(0, shown)}${'*'.repeat(key.length - 2 * shown)}${shown === 0 ? '' : key.slice(-shown)}`;
  return text.replaceAll(key, mask);
}

/** The same of a body as it comes, wherever its parts are cut. */
export async function* hideKeyIn(
  body: AsyncIterable<Uint8Array>,
  key: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = Buffer.from(key, 'utf8').toString('latin1');
  let held = '';
  for await (const chunk of body) {
    const text = hideKey(held + Buffer.from(chunk).toString('latin1'), bytes);
    const safe = Math.max(0, text.length - bytes.length + 1);
    held = text.slice(safe);
    if (safe > 0) yield Buffer.from(text.slice(0, safe), 'latin1');
  }
  if (held !== '') yield Buffer.from(held, 'latin1');
}
