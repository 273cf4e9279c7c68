import type { UpstreamAnswer } from '../provider.ts';
import { readSmallBody } from '../read-small-body.ts';

/**
 * Google answers 400 to a key that is not valid, so that its status does not tell. The same answer, its short body read
 * and put back, with `keyStatus` 401 where it says so.
 */
export async function refusedKeyOf(
  answer: UpstreamAnswer,
): Promise<UpstreamAnswer & { readonly keyStatus?: number }> {
  if (answer.status !== 400) return answer;
  const text = await readSmallBody(answer.body);
  const read = { ...answer, body: once(Buffer.from(text)) };
  return text.includes('API_KEY_INVALID') ? { ...read, keyStatus: 401 } : read;
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
