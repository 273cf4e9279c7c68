import OpenAI from 'openai';
import type { ProviderSetting } from '#server/config/config.ts';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream } from '../support/servers.ts';

export const opus = 'anthropic/claude-opus-5';

export const mini = 'openai/gpt-5-mini';

/** The official client before a gateway with one upstream, which answers as told. */
export async function aClient(
  kind: ProviderSetting['kind'],
  id: string,
  answer: Parameters<typeof anUpstream>[0],
  path = '/v1',
) {
  const upstream = await anUpstream(answer);
  const context = aContext({ upstreams: [{ id, kind, baseUrl: `${upstream.url}${path}` }] });
  const url = await aGateway(context);
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
  return { upstream, context, url, client };
}

/** A body to the Responses API, as bytes of the test's own. */
export function post(url: string, body: object) {
  return fetch(`${url}/v1/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
