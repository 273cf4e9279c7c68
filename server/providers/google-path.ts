import type { UpstreamCall } from './provider.ts';

/**
 * Where Google generates: `<model>:generateContent` with the client's query, but never a key of the client's. A stream is
 * always asked for as events: the array that Google sends without `alt=sse` cannot be told from a whole answer.
 */
export function generatePath(
  model: string,
  { stream, query }: Pick<UpstreamCall, 'stream' | 'query'>,
): string {
  const parameters = new URLSearchParams(query);
  for (const secret of ['key', 'access_token', 'alt', '$alt']) parameters.delete(secret);
  if (stream) parameters.set('alt', 'sse');
  const asked = parameters.toString();
  return `${model}:${stream ? 'streamGenerateContent' : 'generateContent'}${asked === '' ? '' : `?${asked}`}`;
}
