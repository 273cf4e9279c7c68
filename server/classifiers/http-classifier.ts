import { Agent, request } from 'undici';
import type { UserClassifier } from '#engine/nodes/index.ts';
import { type Label, noLabel } from '#engine/plan/index.ts';
import { parseJson } from '../dialects/index.ts';
import { publicLookup, whyNotCalled } from '../governance/secrets/private-address.ts';

/** Connects to the public internet only: whoever draws policies does not get to the network the server stands in. */
const outside = new Agent({ connect: { lookup: publicLookup } });

/** An answer longer than this is no label. */
const mostBytes = 65_536;

/**
 * Asks an HTTP endpoint: `POST { text }`, answered with `{ label, confidence? }` (confidence 0–1, 1 when left out).
 *
 * @throws {Error} with what is wrong when there is no usable answer in time.
 */
export async function askHttp(
  { url, labels, deadline_ms }: Extract<UserClassifier, { kind: 'http' }>,
  text: string,
  mayCallPrivate = false,
): Promise<Label> {
  const barred = mayCallPrivate ? undefined : whyNotCalled(new URL(url).hostname);
  if (barred !== undefined) throw new Error(barred);
  // A redirect is not followed: its place would be nobody's choice.
  const { statusCode, body } = await request(url, {
    ...(mayCallPrivate ? {} : { dispatcher: outside }),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(deadline_ms),
  });
  const answer = await readSmall(body);
  if (statusCode !== 200) throw new Error(`${new URL(url).host} answered ${statusCode}.`);
  return labelIn(answer, labels, new URL(url).host);
}

async function readSmall(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`The answer is longer than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * A label and a confidence out of JSON text.
 *
 * @throws {Error} when there are none. Its words go into the log: what was answered is not in them.
 */
export function labelIn(text: string, labels: readonly string[], who: string): Label {
  const read = parseJson(text);
  if (read === undefined) throw new Error(`${who} answered no JSON.`);
  if (typeof read !== 'object' || read === null || !('label' in read))
    throw new Error(`${who} answered without a "label".`);
  const { label } = read;
  const confidence = 'confidence' in read ? read.confidence : 1;
  if (typeof label !== 'string' || !labels.includes(label)) {
    if (label === '' || label === null) return noLabel;
    throw new Error(`${who} answered none of its labels: ${labels.join(', ')}.`);
  }
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1))
    throw new Error(`${who} answered a confidence that is no number from 0 to 1.`);
  return { label, confidence };
}
