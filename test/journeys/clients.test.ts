import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'auto',
        messages: [{ role: 'user', content: 'Translate to French: good morning' }],
      }),
    });
    const id = response.headers.get('x-waybill-request-id');
    await response.text();
    await expect
      .poll(() => fetch(`${app.url}/api/records/${id}`).then((found) => found.json()), { timeout: 10_000 })
      .toMatchObject({
        record: { id, 'decision.path': response.headers.get('x-waybill-path') },
        replay: { identical: true },
      });
  });

  it('keeps no text of a request anywhere in its stores', async () => {
    const canary = 'canary-7f3a91-parrot';
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: `Remember ${canary}.` }] }),
    });
    await response.text();
    const id = response.headers.get('x-waybill-request-id');
    await expect
      .poll(() => fetch(`${app.url}/api/records/${id}`).then((found) => found.status), { timeout: 10_000 })
      .toBe(200);
    const { readdirSync, readFileSync } = await import('node:fs');
    const { join } = await import('node:path');
    const files = readdirSync(app.dataFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(1);
    for (const file of files)
      expect(readFileSync(join(file.parentPath ?? file.path, file.name)).includes(canary)).toBe(false);
    expect(app.output()).not.toContain(canary);
  });
});
