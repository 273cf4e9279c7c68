/**
 * Google's Gemini API. Clients of its own dialect go through as bytes; the others by the maintained library, which is
 * loaded when the first of them comes. Embeddings go to Google's OpenAI-compatible endpoint.
 */
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { googleCarrier } from '../ai-sdk/carriers.ts';
import { withToolSchemas } from '../ai-sdk/google-schemas.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { checkKeys, getProbe } from '../check-key.ts';
import { generatePath } from '../google-path.ts';
import { type HttpUpstream, makeHttpUpstream } from '../http-upstream.ts';
import type { NeutralAnswer, NeutralCall, Provider, UpstreamCall } from '../provider.ts';
import { factsOf, keyRingOf, type ProviderParts } from '../provider-parts.ts';
import { refusedKeyOf } from './refused-key.ts';

export function makeGemini(setting: ProviderSetting, parts: ProviderParts): Provider {
  const { origin, pathname } = new URL(setting.baseUrl);
  const base = pathname.replace(/\/+$/, '');
  const upstream = makeHttpUpstream(origin, setting);
  const ring = keyRingOf(setting, parts);
  const post = (path: string, call: Sent, model: string, headers: Headers) =>
    ring.ask(model, async (key) => {
      const { body, signal, connectTimeoutMs } = call;
      return refusedKeyOf(
        await upstream.post({ path: base + path, headers: headers(key), body, signal, connectTimeoutMs }),
      );
    });
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: ['google-generate', 'openai-embeddings'],
    lengthField: 'max_tokens',
    call: (call) =>
      call.dialect === 'openai-embeddings'
        ? post('/openai/embeddings', call, call.model, bearerHeaders)
        : post(generatePath(`/models/${call.model}`, call), call, call.model, keyHeaders),
    callNeutral: (call) => ring.ask(call.model, (key) => ask(upstream, origin + base, call, key)),
    countTokens: (call) => post(`/models/${call.model}:countTokens`, call, 'count', keyHeaders),
    keys: () => ring.states(),
    check: (signal) => checkKeys(ring, getProbe(upstream, `${base}/models?pageSize=1`, keyHeaders), signal),
    close: () => upstream.close(),
  };
}

type Sent = Pick<UpstreamCall, 'body' | 'signal' | 'connectTimeoutMs'>;
type Headers = (key: string | null) => Readonly<Record<string, string>>;

const plain = { 'content-type': 'application/json', 'accept-encoding': 'identity' };
const keyHeaders: Headers = (key) => (key === null ? plain : { ...plain, 'x-goog-api-key': key });
const bearerHeaders: Headers = (key) => (key === null ? plain : { ...plain, authorization: `Bearer ${key}` });

const carrier = googleCarrier('google');

async function ask(
  upstream: HttpUpstream,
  baseURL: string,
  call: NeutralCall,
  key: string | null,
): Promise<NeutralAnswer> {
  const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
  const google = createGoogleGenerativeAI({
    apiKey: key ?? 'none',
    baseURL,
    fetch: upstreamFetch(upstream, call, { editBody: (text) => withToolSchemas(text, call.neutral) }),
  });
  return callModel(google(call.model), call, carrier);
}
