/** Anthropic, by its Messages API. */
import { makeHttpUpstream } from '../http-upstream.ts';
import type { Provider, UpstreamCall } from '../provider.ts';

export interface AnthropicOptions {
  readonly id: string;
  /** With or without the `/v1` at its end. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export const anthropicBaseUrl = 'https://api.anthropic.com';
const defaultVersion = '2023-06-01';

export function makeAnthropic({ id, baseUrl, apiKey }: AnthropicOptions): Provider {
  const upstream = makeHttpUpstream(baseUrl.replace(/\/v1\/*$/, ''));
  const fixed = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    ...(apiKey === null || apiKey === 'none' ? {} : { 'x-api-key': apiKey }),
  };
  const post = (path: string, { body, headers, query, signal, connectTimeoutMs }: Sent) => {
    const beta = headers['anthropic-beta'];
    return upstream.post({
      path: `${path}${query}`,
      headers: {
        ...fixed,
        'anthropic-version': headers['anthropic-version'] ?? defaultVersion,
        ...(beta === undefined ? {} : { 'anthropic-beta': beta }),
      },
      body,
      signal,
      connectTimeoutMs,
    });
  };
  return {
    id,
    sandbox: false,
    dialects: ['anthropic-messages'],
    lengthField: 'max_tokens',
    call: (call) => post('/v1/messages', call),
    countTokens: (call) => post('/v1/messages/count_tokens', call),
    close: () => upstream.close(),
  };
}

type Sent = Pick<UpstreamCall, 'body' | 'headers' | 'query' | 'signal' | 'connectTimeoutMs'>;
