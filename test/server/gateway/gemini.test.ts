import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendJson } from '../support/servers.ts';

const flash = 'google/gemini-2.5-flash';

async function anInstallation(answer: Parameters<typeof anUpstream>[0]) {
  const upstream = await anUpstream(answer);
  const baseUrl = `${upstream.url}/v1beta`;
  const context = aContext({ upstreams: [{ id: 'google', kind: 'gemini', baseUrl }] });
  const url = await aGateway(context);
  const google = new GoogleGenAI({ apiKey: testSecret, httpOptions: { baseUrl: url } });
  return { upstream, context, url, google };
}

describe('Google’s client in front of Gemini', () => {
  it('reaches it under the key that Waybill has, as it would itself', async () => {
    const answer = {
      candidates: [
        { content: { parts: [{ text: 'Servus.' }], role: 'model' }, finishReason: 'STOP', index: 0 },
      ],
      usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 2, totalTokenCount: 11 },
    };
    const { google, upstream } = await anInstallation((res) => sendJson(res, 200, answer));
    const { text } = await google.models.generateContent({ model: flash, contents: 'Hi' });
    expect(text).toBe('Servus.');
    expect(upstream.seen[0]).toMatchObject({
      url: '/v1beta/models/gemini-2.5-flash:generateContent',
      headers: { 'x-goog-api-key': 'sk-upstream' },
    });
    expect(JSON.stringify(upstream.seen)).not.toContain(testSecret);
  });

  it('has its tokens counted there', async () => {
    const { google, upstream } = await anInstallation((res) => sendJson(res, 200, { totalTokens: 31 }));
    expect(await google.models.countTokens({ model: flash, contents: 'Hi' })).toMatchObject({
      totalTokens: 31,
    });
    expect(upstream.seen[0]?.url).toBe('/v1beta/models/gemini-2.5-flash:countTokens');
  });
});

describe('OpenAI’s client', () => {
  it('gets embeddings of Gemini', async () => {
    const data = [{ object: 'embedding', index: 0, embedding: [1, 2] }];
    const usage = { prompt_tokens: 2, total_tokens: 2 };
    const { url, upstream } = await anInstallation((res) =>
      sendJson(res, 200, { object: 'list', data, usage }),
    );
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
    const model = 'google/gemini-embedding-001';
    const answer = await client.embeddings.create({ model, input: 'x', encoding_format: 'float' });
    expect(answer.data[0]?.embedding).toEqual([1, 2]);
    expect(upstream.seen[0]?.url).toBe('/v1beta/openai/embeddings');
  });
});
