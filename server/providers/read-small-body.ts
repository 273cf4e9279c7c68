import { isWireObject, parseJson, textOf } from '../dialects/wire-value.ts';

const mostBytes = 65_536;

/** The beginning of a short answer as text: an error's body, a list of models. What is longer is not read to its end. */
export async function readSmallBody(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An answer that nobody wants: read, so that its connection can be used again. */
export function discardBody(body: AsyncIterable<Uint8Array>): void {
  readSmallBody(body).catch(() => {});
}

/** What an error says, in whichever of the vendors' forms; its beginning where that is none. */
export function messageIn(text: string): string {
  const wire = parseJson(text);
  const first: unknown = Array.isArray(wire) ? wire[0] : wire;
  if (!isWireObject(first)) return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  const { error } = first;
  if (isWireObject(error)) return textOf(error.message) || textOf(error.code) || textOf(error.type);
  return textOf(error) || textOf(first.message) || textOf(first.Message) || textOf(first.detail);
}
