/**
 * Google's Gemini API. Clients of its own dialect go through as bytes; the others by the maintained library, which is
 * loaded when the first of them comes. Embeddings go to Google's OpenAI-compatible endpoint.
 */
import type { ProviderSetting } from '../../provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { googleCarrier } from '../ai-sdk/carriers.ts';
import { withToolSchemas } from '../ai-sdk/google-schemas.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { checkKeys, getProbe } from '../check-key.ts';
import { generatePath } from '../google-path.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import type { NeutralCall, Provider, UpstreamAnswer, UpstreamCall } from '../provider.ts';
import { factsOf, keyRingOf, type ProviderParts } from '../provider-parts.ts';
import { discardBody } from '../read-small-body.ts';
import { refusedKeyOf } from './refused-key.ts';

export function makeGemini(setting: ProviderSetting, parts: ProviderParts): Provider {
  const { origin, pathname } = new URL(setting.baseUrl);
  const base = pathname.replace(/\/+$/, '');
  const upstream = makeHttpUpstream(origin);
  const ring = keyRingOf(setting, parts);
  const carrier = googleCarrier('google');
  const headersOf = (key: string | null) => ({
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    ...(key === null ? {} : { 'x-goog-api-key': key }),
  });
  const send = (call: UpstreamCall, key: string | null): Promise<UpstreamAnswer> => {
    const { dialect, body, signal, connectTimeoutMs } = call;
    const embeds = dialect === 'openai-embeddings';
    const own = embeds ? { ...headersOf(null), authorization: `Bearer ${key ?? ''}` } : headersOf(key);
    const path = embeds ? `${base}/openai/embeddings` : base + generatePath(`/models/${call.model}`, call);
    return upstream.post({ path, headers: own, body, signal, connectTimeoutMs });
  };
  const ask = async (call: NeutralCall, key: string | null) => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const google = createGoogleGenerativeAI({
      apiKey: key ?? 'none',
      baseURL: origin + base,
      fetch: upstreamFetch(upstream, call, { editBody: (text) => withToolSchemas(text, call.neutral) }),
    });
    return callModel(google(call.model), call, carrier);
  };
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: ['google-generate', 'openai-embeddings'],
    lengthField: 'max_tokens',
    call: (call) =>
      ring.ask(
        call.model,
        async (key) => refusedKeyOf(await send(call, key)),
        ({ body }) => discardBody(body),
      ),
    callNeutral: (call) =>
      ring.ask(
        call.model,
        (key) => ask(call, key),
        () => {},
      ),
    countTokens: (call) => {
      const { model, body, signal, connectTimeoutMs } = call;
      const path = `${base}/models/${model}:countTokens`;
      const count = (key: string | null) =>
        upstream.post({ path, headers: headersOf(key), body, signal, connectTimeoutMs });
      return ring.ask(
        'count',
        async (key) => refusedKeyOf(await count(key)),
        (unwanted) => discardBody(unwanted.body),
      );
    },
    keys: () => ring.states(),
    check: (signal) => checkKeys(ring, getProbe(upstream, `${base}/models?pageSize=1`, headersOf), signal),
    close: () => upstream.close(),
  };
}
