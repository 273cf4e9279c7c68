import { onTestFinished } from 'vitest';
import { makeHttpUpstream } from '#server/providers/http-upstream.ts';
import type { Provider, ProviderDirectory } from '#server/providers/provider.ts';

/** A provider `google` that speaks generateContent, below this URL. */
export function aGoogleDirectory(baseUrl: string): ProviderDirectory {
  const upstream = makeHttpUpstream(baseUrl);
  onTestFinished(() => upstream.close());
  const headers = { 'content-type': 'application/json', 'x-goog-api-key': 'upstream-key' };
  const provider: Provider = {
    id: 'google',
    facts: { kind: 'gemini', preset: null, baseUrl, origin: 'file' },
    sandbox: false,
    dialects: ['google-generate'],
    lengthField: 'max_tokens',
    call: ({ model, stream, query, body, signal, connectTimeoutMs }) => {
      const method = stream ? 'streamGenerateContent' : 'generateContent';
      const asked = stream ? `${query === '' ? '?' : `${query}&`}alt=sse` : query;
      const path = `/v1beta/models/${model}:${method}${asked}`;
      return upstream.post({ path, headers, body, signal, connectTimeoutMs });
    },
    countTokens: ({ model, body, signal, connectTimeoutMs }) =>
      upstream.post({ path: `/v1beta/models/${model}:countTokens`, headers, body, signal, connectTimeoutMs }),
    keys: () => [],
    check: async () => [],
    close: () => upstream.close(),
  };
  return {
    providerFor: (target) =>
      target.startsWith('google/') ? { provider, model: target.slice('google/'.length) } : undefined,
    sandboxStandsIn: false,
    list: () => [provider],
    close: () => upstream.close(),
  };
}
