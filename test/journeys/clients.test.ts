import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askGateway, callApi, recordOf } from './support/calls.ts';
import { type App, startApp } from './support/start-app.ts';

let app: App;

beforeAll(async () => {
  app = await startApp();
}, 240_000);
afterAll(() => app?.stop());

describe('the first request of a newcomer, with the key that the start printed', () => {
  it('is answered to the official OpenAI client', async () => {
    const client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
    const answer = await client.chat.completions.create({
      model: 'auto',
      messages: [{ role: 'user', content: 'Say hello.' }],
    });
    expect(answer.choices[0]?.message.content).toContain('simulated');
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('is streamed to the official OpenAI client', async () => {
    const client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
    const stream = await client.chat.completions.create({
      model: 'auto',
      stream: true,
      messages: [{ role: 'user', content: 'Say hello.' }],
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toContain('simulated');
  });

  it('is answered and streamed to the official Anthropic client', async () => {
    const client = new Anthropic({ baseURL: app.url, apiKey: app.key, maxRetries: 0 });
    const question = {
      model: 'auto',
      max_tokens: 200,
      messages: [{ role: 'user' as const, content: 'Say hello.' }],
    };
    const answer = await client.messages.create(question);
    expect(answer.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('simulated') });
    const streamed = await client.messages.stream(question).finalMessage();
    expect(streamed.stop_reason).toBeTruthy();
    expect(streamed.usage.output_tokens).toBeGreaterThan(0);
  });

  it('finds the models it may ask for', async () => {
    const client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
    const ids: string[] = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toContain('auto');
    expect(ids.length).toBeGreaterThan(200);
  });

  it('leaves a record that replays to the recorded decision', async () => {
    const { headers } = await askGateway(app, 'Translate to French: good morning');
    const id = headers.get('x-waybill-request-id') ?? '';
    await recordOf(app.url, id);
    expect(await callApi(app.url, 'GET', `/records/${id}`)).toMatchObject({
      record: { id, 'decision.path': headers.get('x-waybill-path') },
      replay: { identical: true },
    });
  });

  it('keeps no text of a request anywhere in its stores', async () => {
    const canary = 'canary-7f3a91-parrot';
    const { headers } = await askGateway(app, `Remember ${canary}.`);
    await recordOf(app.url, headers.get('x-waybill-request-id') ?? '');
    // Everything it still holds is written when it ends, and nothing comes or goes while the files are read.
    expect(await app.stop({ keep: true })).toBe(0);
    const files = readdirSync(app.dataFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(1);
    for (const file of files)
      expect(readFileSync(join(file.parentPath ?? file.path, file.name)).includes(canary)).toBe(false);
    expect(app.output()).not.toContain(canary);
  });
});
