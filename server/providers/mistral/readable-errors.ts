import { isWireObject, parseJson } from '../../dialects/wire-value.ts';
import type { UpstreamAnswer } from '../provider.ts';
import { readSmallBody } from '../read-small-body.ts';

/**
 * An error as OpenAI's clients read it. What Mistral finds wrong with a body is an object where everybody else has a
 * sentence (`message: { detail: [{ loc, msg }] }`), so that nobody would get to read it.
 */
export async function withReadableError(answer: UpstreamAnswer): Promise<UpstreamAnswer> {
  if (answer.status < 400) return answer;
  const text = await readSmallBody(answer.body);
  const wire = parseJson(text);
  const sentence = isWireObject(wire) ? sentenceOf(wire.message ?? wire.detail) : undefined;
  const { 'content-length': _, ...headers } = answer.headers;
  return sentence === undefined
    ? { ...answer, body: once(text) }
    : {
        ...answer,
        headers,
        body: once(JSON.stringify({ ...(isWireObject(wire) ? wire : {}), message: sentence })),
      };
}

/** `body.logit_bias: Extra inputs are not permitted (extra_forbidden).` */
function sentenceOf(message: unknown): string | undefined {
  const details = isWireObject(message) ? message.detail : message;
  if (!Array.isArray(details)) return undefined;
  const sentences = details.filter(isWireObject).map(({ loc, msg, type }) => {
    const place = Array.isArray(loc) ? `${loc.join('.')}: ` : '';
    return `${place}${String(msg ?? '')}${typeof type === 'string' ? ` (${type})` : ''}`;
  });
  return sentences.length === 0 ? undefined : `${sentences.join('; ')}.`;
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
