import { describe, expect, it } from 'vitest';
import { postChat, postMessage } from '../support/wire.ts';
import { aGovernedGateway } from './a-governed-gateway.ts';

const one = (target: string) => ({ entry: 'm', nodes: { m: { kind: 'model', target } } });
const mini = 'openai/gpt-5-mini';
const both = {
  entry: 'try',
  nodes: {
    try: { kind: 'fallback', try: ['a', 'b'], on: ['unavailable'] },
    a: { kind: 'model', target: mini },
    b: { kind: 'model', target: 'other/small' },
  },
};

async function ask(url: string, model: string): Promise<string> {
  const response = await postChat(url, { model });
  const { error } = await response.json();
  return error === undefined
    ? `${response.status} ${response.headers.get('x-waybill-target')}`
    : `${response.status} ${error.code}`;
}

describe('a key', () => {
  it('reaches the models it names and no other, by whatever way they are asked for', async () => {
    const policies = { mini: one(mini), both };
    const { url, upstream, log } = await aGovernedGateway({ key: { models: ['other/*'] }, policies });
    expect(await ask(url, mini)).toBe('403 model_not_allowed');
    expect(await ask(url, 'mini')).toBe('403 model_not_allowed');
    expect(await ask(url, 'policy/mini@1')).toBe('403 model_not_allowed');
    expect(upstream.seen).toEqual([]);
    expect(await ask(url, 'both')).toBe('200 other/small');
    expect(await ask(url, 'other/anything')).toBe('200 other/anything');
    expect(await log.next()).toMatchObject({
      'outcome.status': 'refused',
      'outcome.error': 'model_not_allowed',
    });
  });

  it('asks for the policies and aliases it names, and goes round them neither by target nor by version', async () => {
    const policies = { mini: one(mini), both };
    const held = await aGovernedGateway({ key: { policies: ['mini'] }, policies });
    expect(await ask(held.url, 'mini')).toBe(`200 ${mini}`);
    expect(await ask(held.url, 'policy/mini@1')).toBe(`200 ${mini}`);
    expect(await ask(held.url, 'both')).toBe('403 model_not_allowed');
    expect(await ask(held.url, mini)).toBe('403 model_not_allowed');
    const named = await aGovernedGateway({ key: { aliases: ['mi*'] }, policies });
    expect(await ask(named.url, 'mini')).toBe(`200 ${mini}`);
    expect(await ask(named.url, 'policy/mini')).toBe('403 model_not_allowed');
    expect(await ask(named.url, mini)).toBe('403 model_not_allowed');
  });

  it('that may keep nothing anywhere reaches only what is known to keep nothing', async () => {
    const closed = await aGovernedGateway({ key: { retention: 'zero' }, policies: { both } });
    expect(await ask(closed.url, mini)).toBe('403 model_not_allowed');
    expect(await ask(closed.url, 'both')).toBe('403 model_not_allowed');
    expect(closed.upstream.seen).toEqual([]);
    const kept = await aGovernedGateway({ key: { retention: 'zero' }, provider: { retention: 'retains' } });
    expect(await ask(kept.url, mini)).toBe('403 model_not_allowed');
    const open = await aGovernedGateway({ team: { retention: 'zero' }, provider: { retention: 'zero' } });
    expect(await ask(open.url, mini)).toBe(`200 ${mini}`);
    expect(await open.log.next()).toMatchObject({ 'caller.retention': 'zero', 'caller.regions': [] });
  });

  it('has its tokens counted here where its text may not leave', async () => {
    const { url, upstream } = await aGovernedGateway({ key: { retention: 'zero' } });
    const response = await fetch(`${url}/v1/messages/count_tokens`, {
      method: 'POST',
      headers: {
        'x-api-key': 'wb-test-0123456789',
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
      },
      body: JSON.stringify({ model: mini, messages: [{ role: 'user', content: 'Hello' }] }),
    });
    expect([response.status, response.headers.get('x-waybill-estimated')]).toEqual([200, 'true']);
    expect(upstream.seen).toEqual([]);
  });

  it('stays in its regions; a provider of no known region is outside', async () => {
    const inside = await aGovernedGateway({ key: { regions: ['eu'] }, provider: { region: 'eu' } });
    expect(await ask(inside.url, mini)).toBe(`200 ${mini}`);
    expect(await ask(inside.url, 'other/small')).toBe('403 model_not_allowed');
    const outside = await aGovernedGateway({ key: { regions: ['eu'] }, provider: { region: 'us' } });
    expect(await ask(outside.url, mini)).toBe('403 model_not_allowed');
  });

  it('is refused once it has expired, in every dialect and for lists too', async () => {
    const { url } = await aGovernedGateway({ key: { expiresAt: '2026-01-01T00:00:00Z' } });
    expect(await ask(url, mini)).toBe('401 key_expired');
    expect((await postMessage(url, { model: mini })).status).toBe(401);
    const models = await fetch(`${url}/v1/models`, {
      headers: { authorization: 'Bearer wb-test-0123456789' },
    });
    expect(models.status).toBe(401);
  });
});
