import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendJson } from '../support/servers.ts';
import { aCompletion, postChat, postMessage } from '../support/wire.ts';

const policy = {
  entry: 'guard',
  nodes: {
    guard: {
      kind: 'transform',
      system: 'House rules.',
      images: 'strip',
      redact: ['email', 'secret'],
      parameters: { max_output_tokens: 50 },
      to: 'model',
    },
    model: { kind: 'model', target: 'up/small' },
  },
};
const png = 'data:image/png;base64,aGk=';

async function aGuardedGateway() {
  const upstream = await anUpstream((res) => sendJson(res, 200, aCompletion()));
  const context = aContext({
    policies: { auto: policy },
    upstreams: [{ id: 'up', kind: 'openai-compatible', baseUrl: `${upstream.url}/v1` }],
  });
  return { upstream, context, url: await aGateway(context) };
}

describe('what a transform changes', () => {
  it('reaches a provider of the client’s dialect, with every other byte as it was', async () => {
    const { upstream, url } = await aGuardedGateway();
    const body = `{"model":"auto","x":1.50,"max_tokens":900,"messages":[{"role":"user","content":[{"type":"text","text":"I am a@b.example"},{"type":"image_url","image_url":{"url":"${png}"}}]}]}`;
    const response = await postChat(url, {}, { body });
    expect(response.status).toBe(200);
    expect(upstream.seen[0]?.body).toBe(
      '{"model":"small","x":1.50,"max_tokens":50,"messages":[{"role":"system","content":"House rules."},{"role":"user","content":[{"type":"text","text":"I am [email]"},{"type":"text","text":"[An image stood here. It was left out.]"}]}]}',
    );
  });

  it('reaches a provider of another dialect all the same', async () => {
    const { upstream, url } = await aGuardedGateway();
    await postMessage(url, {
      system: 'Be brief.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'I am a@b.example' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
          ],
        },
      ],
    });
    const sent = upstream.seen[0]?.body ?? '';
    expect(JSON.parse(sent).messages[0]).toEqual({ role: 'system', content: 'House rules.\n\nBe brief.' });
    expect(sent).toContain('[email]');
    expect(sent).not.toContain('a@b.example');
    expect(sent).not.toContain('image_url');
  });

  it('is named where the client’s dialect has no place for it', async () => {
    const { context, url } = await aGuardedGateway();
    const response = await fetch(`${url}/v1/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'auto', prompt: 'a@b.example' }),
    });
    expect(response.headers.get('x-waybill-dropped')).toContain('policy.system');
    expect((await context.log.next())['outcome.dropped']).toContain('policy.system');
  });

  it('counts when tokens are counted', async () => {
    const { url } = await aGuardedGateway();
    const count = async (model: string) => {
      const response = await fetch(`${url}/v1/messages/count_tokens`, {
        method: 'POST',
        headers: { 'x-api-key': testSecret, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
      });
      return ((await response.json()) as { input_tokens: number }).input_tokens;
    };
    expect(await count('auto')).toBeGreaterThan(await count('up/small'));
  });
});
