/** OpenAI, by Chat Completions and by Responses. */
import type { Dialect } from '#engine/signals/index.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import type { Provider } from '../provider.ts';

export interface OpenaiOptions {
  readonly id: string;
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export const openaiBaseUrl = 'https://api.openai.com/v1';

export function makeOpenai({ id, baseUrl, apiKey }: OpenaiOptions): Provider {
  const dialects = ['openai-chat', 'openai-responses'] as const;
  return makeChatProvider({ id, baseUrl, apiKey, dialects, lengthField: 'max_completion_tokens' });
}

type OpenaiDialect = Exclude<Dialect, 'anthropic-messages'>;

/** Any server that speaks Chat Completions, or Responses too, below its base URL. */
export function makeChatProvider({
  id,
  baseUrl,
  apiKey,
  dialects,
  lengthField,
}: OpenaiOptions & { readonly dialects: readonly OpenaiDialect[] } & Pick<
    Provider,
    'lengthField'
  >): Provider {
  const upstream = makeHttpUpstream(baseUrl);
  const fixed = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  return {
    id,
    sandbox: false,
    dialects,
    lengthField,
    call: ({ dialect, body, headers, query, signal, connectTimeoutMs }) => {
      const beta = headers['openai-beta'];
      return upstream.post({
        path: `${dialect === 'openai-responses' ? '/responses' : '/chat/completions'}${query}`,
        headers: beta === undefined ? fixed : { ...fixed, 'openai-beta': beta },
        body,
        signal,
        connectTimeoutMs,
      });
    },
    close: () => upstream.close(),
  };
}
