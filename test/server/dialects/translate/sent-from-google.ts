import { type SpokenDialect, translateCall } from '#server/dialects/translate/index.ts';
import { someOptions } from './stream-tools.ts';

/** A conversation as short as can be. */
export const hello = [{ role: 'user', parts: [{ text: 'Hello' }] }];

/** What goes upstream in another dialect for a body of Google's, and what was dropped on the way. */
export function sent(to: SpokenDialect, body: object, model = someOptions.model) {
  const call = translateCall('google-generate', to, { ...someOptions, model });
  const { body: written, dropped } = call.request(
    Buffer.from(JSON.stringify({ contents: hello, model: 'auto', stream: false, ...body })),
  );
  return { wire: JSON.parse(written.toString()), dropped, call };
}
