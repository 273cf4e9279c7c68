/** Cohere, by its Chat v2, through the maintained library, which is loaded when it is first asked. */
import type { ProviderSetting } from '../../provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { cohereCarrier } from '../ai-sdk/carriers.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { checkKeys, getProbe } from '../check-key.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import { type NeutralCall, type Provider, UpstreamFailure } from '../provider.ts';
import { factsOf, keyRingOf, type ProviderParts } from '../provider-parts.ts';

export function makeCohere(setting: ProviderSetting, parts: ProviderParts): Provider {
  const { origin, pathname } = new URL(setting.baseUrl);
  const base = pathname.replace(/\/+$/, '');
  const upstream = makeHttpUpstream(origin);
  const ring = keyRingOf(setting, parts);
  const headersOf = (key: string | null) => ({
    'accept-encoding': 'identity',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  });
  const ask = async (call: NeutralCall, key: string | null) => {
    const { createCohere } = await import('@ai-sdk/cohere');
    const cohere = createCohere({
      apiKey: key ?? 'none',
      baseURL: origin + base,
      fetch: upstreamFetch(upstream, call),
    });
    return callModel(cohere(call.model), call, cohereCarrier);
  };
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: [],
    lengthField: 'max_tokens',
    call: () =>
      Promise.reject(new UpstreamFailure('unavailable', `${setting.id} takes no client’s dialect as it is.`)),
    callNeutral: (call) =>
      ring.ask(
        call.model,
        (key) => ask(call, key),
        () => {},
      ),
    keys: () => ring.states(),
    // The list of models stands at version 1 only.
    check: (signal) =>
      checkKeys(
        ring,
        getProbe(upstream, `${base.replace(/\/v2$/, '/v1')}/models?page_size=1`, headersOf),
        signal,
      ),
    close: () => upstream.close(),
  };
}
