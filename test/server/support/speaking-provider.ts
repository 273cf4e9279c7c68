import { onTestFinished } from 'vitest';
import type { Dialect } from '#engine/signals/index.ts';
import { makeHttpUpstream } from '#server/providers/http-upstream.ts';
import type { Provider, ProviderDirectory, UpstreamCall } from '#server/providers/provider.ts';

/** Where an upstream answers a dialect. */
const paths: Readonly<Record<Dialect, (call: Pick<UpstreamCall, 'model' | 'stream'>) => string>> = {
  'openai-chat': () => '/v1/chat/completions',
  'openai-responses': () => '/v1/responses',
  'anthropic-messages': () => '/v1/messages',
  'openai-embeddings': () => '/v1/embeddings',
  'openai-completions': () => '/v1/completions',
  'google-generate': ({ model, stream }) =>
    `/v1beta/models/${model}:${stream ? 'streamGenerateContent' : 'generateContent'}`,
};

/** One provider that speaks these dialects below this URL, to see what reaches it. */
export function aDirectoryOf(id: string, baseUrl: string, dialects: readonly Dialect[]): ProviderDirectory {
  const upstream = makeHttpUpstream(baseUrl);
  onTestFinished(() => upstream.close());
  const headers = { 'content-type': 'application/json', authorization: 'Bearer upstream-key' };
  const provider: Provider = {
    id,
    facts: { kind: 'openai-compatible', preset: null, baseUrl, origin: 'file' },
    sandbox: false,
    dialects,
    lengthField: 'max_tokens',
    call: (call) => {
      const { query, body, signal, connectTimeoutMs } = call;
      const asked = call.dialect === 'google-generate' && call.stream ? withEvents(query) : query;
      const path = paths[call.dialect](call) + asked;
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
      target.startsWith(`${id}/`) ? { provider, model: target.slice(id.length + 1) } : undefined,
    sandboxStandsIn: false,
    list: () => [provider],
    close: () => upstream.close(),
  };
}

function withEvents(query: string): string {
  return query === '' ? '?alt=sse' : `${query}&alt=sse`;
}
