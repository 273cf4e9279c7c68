/** Anthropic, by its Messages API. */
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { checkKeys, getProbe } from '../check-key.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import type { Provider, UpstreamAnswer, UpstreamCall } from '../provider.ts';
import { factsOf, keyRingOf, type ProviderParts } from '../provider-parts.ts';

export const defaultVersion = '2023-06-01';

/** The base URL may end in `/v1` or not. */
export function makeAnthropic(setting: ProviderSetting, parts: ProviderParts): Provider {
  const upstream = makeHttpUpstream(setting.baseUrl.replace(/\/v1\/*$/, ''), setting);
  const ring = keyRingOf(setting, parts);
  const headersOf = (key: string | null) => ({
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    ...(key === null ? {} : { 'x-api-key': key }),
  });
  const post = (path: string, model: string, { body, headers, query, signal, connectTimeoutMs }: Sent) => {
    const beta = headers['anthropic-beta'];
    const version = headers['anthropic-version'] ?? defaultVersion;
    const send = (key: string | null): Promise<UpstreamAnswer> =>
      upstream.post({
        path: `${path}${query}`,
        headers: {
          ...headersOf(key),
          'anthropic-version': version,
          ...(beta === undefined ? {} : { 'anthropic-beta': beta }),
        },
        body,
        signal,
        connectTimeoutMs,
      });
    return ring.ask(model, send);
  };
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: ['anthropic-messages'],
    lengthField: 'max_tokens',
    call: (call) => post('/v1/messages', call.model, call),
    countTokens: (call) => post('/v1/messages/count_tokens', 'count', call),
    keys: () => ring.states(),
    check: (signal) => {
      const asked = (key: string | null) => ({ ...headersOf(key), 'anthropic-version': defaultVersion });
      return checkKeys(ring, getProbe(upstream, '/v1/models?limit=1', asked), signal);
    },
    close: () => upstream.close(),
  };
}

type Sent = Pick<UpstreamCall, 'body' | 'headers' | 'query' | 'signal' | 'connectTimeoutMs'>;
