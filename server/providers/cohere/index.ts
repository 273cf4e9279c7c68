/** Cohere, by its Chat v2, through the maintained library, which is loaded when it is first asked. */
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { cohereCarrier } from '../ai-sdk/carriers.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { checkKeys, getProbe } from '../check-key.ts';
import { type HttpUpstream, makeHttpUpstream } from '../http-upstream.ts';
import { type NeutralAnswer, type NeutralCall, type Provider, UpstreamFailure } from '../provider.ts';
import { factsOf, keyRingOf, type ProviderParts } from '../provider-parts.ts';

export function makeCohere(setting: ProviderSetting, parts: ProviderParts): Provider {
  const { origin, pathname } = new URL(setting.baseUrl);
  const base = pathname.replace(/\/+$/, '');
  const upstream = makeHttpUpstream(origin, setting);
  const ring = keyRingOf(setting, parts);
  // The list of models stands at version 1 only.
  const probe = getProbe(upstream, `${base.replace(/\/v2$/, '/v1')}/models?page_size=1`, headersOf);
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: [],
    lengthField: 'max_tokens',
    call: () =>
      Promise.reject(new UpstreamFailure('unavailable', `${setting.id} takes no client’s dialect.`)),
    callNeutral: (call) => ring.ask(call.model, (key) => ask(upstream, origin + base, call, key)),
    keys: () => ring.states(),
    check: (signal) => checkKeys(ring, probe, signal),
    close: () => upstream.close(),
  };
}

function headersOf(key: string | null): Readonly<Record<string, string>> {
  return { 'accept-encoding': 'identity', ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
}

async function ask(
  upstream: HttpUpstream,
  baseURL: string,
  call: NeutralCall,
  key: string | null,
): Promise<NeutralAnswer> {
  const { createCohere } = await import('@ai-sdk/cohere');
  const cohere = createCohere({ apiKey: key ?? 'none', baseURL, fetch: upstreamFetch(upstream, call) });
  return callModel(cohere(call.model), call, cohereCarrier);
}
