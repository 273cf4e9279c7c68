import { readFileSync } from 'node:fs';
import { ApiError, FunctionCallingConfigMode, GoogleGenAI, Type } from '@google/genai';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { aContext, type ContextWishes } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../support/servers.ts';
import { aDirectoryOf } from '../support/speaking-provider.ts';
import { aChatStream, aCompletion, chunk, doneFrame, roleChunk, usageChunk } from '../support/wire.ts';

const mini = 'openai/gpt-5-mini';
const flash = 'google/gemini-2.5-flash';

function fixture(name: string): string {
  return readFileSync(new URL(`../dialects/fixtures/${name}`, import.meta.url), 'utf8');
}

async function anInstallation(answer: Parameters<typeof anUpstream>[0], wishes: ContextWishes = {}) {
  const upstream = await anUpstream(answer);
  const context = aContext({
    upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }],
    policies: { auto: { entry: 'm', nodes: { m: { kind: 'model', target: mini } } } },
    ...wishes,
  });
  const url = await aGateway(context);
  const client = new GoogleGenAI({ apiKey: testSecret, httpOptions: { baseUrl: url } });
  return { upstream, context, url, client, body: () => JSON.parse(upstream.seen.at(-1)?.body ?? '') };
}

/** The same in front of an upstream that speaks generateContent. */
async function aGoogleInstallation(answer: Parameters<typeof anUpstream>[0], wishes: ContextWishes = {}) {
  const google = await anUpstream(answer);
  const installation = await anInstallation(() => {}, {
    providers: aDirectoryOf('google', google.url, ['google-generate']),
    ...wishes,
  });
  return { ...installation, upstream: google };
}

function post(url: string, path: string, headers: Record<string, string> = {}, body: object = {}) {
  const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ contents, ...body }),
  });
}

const key = { 'x-goog-api-key': testSecret };

describe('Google’s client in front of a model of OpenAI', () => {
  it.each(['auto', mini, 'policy/auto'])('gets an answer from %s', async (model) => {
    const { client, context, body } = await anInstallation((res) =>
      sendJson(res, 200, aCompletion('Servus.')),
    );
    const answer = await client.models.generateContent({
      model,
      contents: 'Hello',
      config: { systemInstruction: 'Be brief.', maxOutputTokens: 500 },
    });
    expect(answer.text).toBe('Servus.');
    expect(answer.usageMetadata).toMatchObject({ promptTokenCount: 100, candidatesTokenCount: 20 });
    expect(body()).toMatchObject({
      model: 'gpt-5-mini',
      max_completion_tokens: 500,
      messages: [{ role: 'system' }, { role: 'user', content: 'Hello' }],
    });
    expect(await context.log.next()).toMatchObject({
      'request.dialect': 'google-generate',
      'request.model': model,
      'outcome.status': 'served',
      'outcome.target': mini,
      'usage.input_tokens': 100,
      'usage.source': 'provider',
    });
  });

  it('gets its stream piece by piece, with the usage at the end', async () => {
    const { client, context } = await anInstallation((res) => {
      sendEvents(res, aChatStream('Ser', 'vus', '.'));
      res.end();
    });
    const stream = await client.models.generateContentStream({ model: 'auto', contents: 'Hello' });
    const texts: string[] = [];
    let usage: object | undefined;
    for await (const { text, usageMetadata } of stream) {
      texts.push(text ?? '');
      usage = usageMetadata ?? usage;
    }
    expect(texts).toEqual(['Ser', 'vus', '.', '']);
    expect(usage).toMatchObject({ totalTokenCount: 120 });
    expect(await context.log.next()).toMatchObject({ 'request.stream': true, 'outcome.status': 'served' });
  });

  it('calls tools in turns, its results finding their calls', async () => {
    const call = (id: string, name: string) => ({
      id,
      type: 'function',
      function: { name, arguments: '{"city":"Wien"}' },
    });
    const { client, body } = await anInstallation((res, _, turn) => {
      const [choice] = aCompletion('Sunny.').choices;
      const asking = {
        role: 'assistant',
        content: null,
        tool_calls: [call('t1', 'weather'), call('t2', 'time')],
      };
      const choices = turn === 1 ? [{ index: 0, message: asking, finish_reason: 'tool_calls' }] : [choice];
      sendJson(res, 200, { ...aCompletion(), choices });
    });
    const parameters = { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] };
    const chat = client.chats.create({
      model: 'auto',
      config: {
        tools: [
          {
            functionDeclarations: [
              { name: 'weather', parameters },
              { name: 'time', parameters },
            ],
          },
        ],
        toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
      },
    });
    const asked = await chat.sendMessage({ message: 'Weather?' });
    expect(asked.functionCalls).toEqual([
      { id: 't1', name: 'weather', args: { city: 'Wien' } },
      { id: 't2', name: 'time', args: { city: 'Wien' } },
    ]);
    expect(body()).toMatchObject({
      tool_choice: 'required',
      tools: [{ type: 'function' }, { type: 'function' }],
    });
    const told = await chat.sendMessage({
      message: [
        { functionResponse: { id: 't2', name: 'time', response: { output: 'noon' } } },
        { functionResponse: { id: 't1', name: 'weather', response: { output: 'sun' } } },
      ],
    });
    expect(told.text).toBe('Sunny.');
    expect(body().messages.slice(1)).toMatchObject([
      { role: 'assistant', tool_calls: [{ id: 't1' }, { id: 't2' }] },
      { role: 'tool', tool_call_id: 't2', content: 'noon' },
      { role: 'tool', tool_call_id: 't1', content: 'sun' },
    ]);
  });

  it('streams a call whole', async () => {
    const part = (fields: object) => chunk({ tool_calls: [{ index: 0, ...fields }] });
    const { client } = await anInstallation((res) => {
      sendEvents(
        res,
        roleChunk + part({ id: 't', type: 'function', function: { name: 'f', arguments: '{"a"' } }),
      );
      res.end(part({ function: { arguments: ':1}' } }) + chunk({}, 'tool_calls') + usageChunk + doneFrame);
    });
    const stream = await client.models.generateContentStream({ model: 'auto', contents: 'Hello' });
    const calls = [];
    for await (const { functionCalls } of stream) calls.push(...(functionCalls ?? []));
    expect(calls).toEqual([{ id: 't', name: 'f', args: { a: 1 } }]);
  });

  it('sends pictures, a schema and a wish to think', async () => {
    const { client, body } = await anInstallation((res) => sendJson(res, 200, aCompletion('{"ok":true}')));
    const answer = await client.models.generateContent({
      model: 'auto',
      contents: [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/png', data: 'iVBORw==' } }],
      config: {
        responseMimeType: 'application/json',
        responseSchema: { type: Type.OBJECT, properties: { ok: { type: Type.BOOLEAN } } },
        thinkingConfig: { thinkingBudget: 9_000 },
      },
    });
    expect(JSON.parse(answer.text ?? '')).toEqual({ ok: true });
    expect(body()).toMatchObject({
      reasoning_effort: 'medium',
      response_format: { type: 'json_schema' },
      messages: [{ content: [{ type: 'text' }, { image_url: { url: 'data:image/png;base64,iVBORw==' } }] }],
    });
  });

  it('counts tokens by estimate', async () => {
    const { client, upstream, context } = await anInstallation(() => {});
    const { totalTokens } = await client.models.countTokens({ model: 'auto', contents: 'a'.repeat(400) });
    expect(totalTokens).toBe(104);
    expect([upstream.seen.length, context.log.records.length]).toEqual([0, 0]);
  });

  it('reads the list of models and one of them in its own form', async () => {
    const { client, url } = await anInstallation(() => {});
    const names = [];
    for await (const { name } of await client.models.list()) names.push(name);
    expect(names).toContain('models/auto');
    expect(names).toContain(`models/${mini}`);
    const one = await client.models.get({ model: mini });
    expect(one).toMatchObject({ name: `models/${mini}`, inputTokenLimit: expect.any(Number) });
    const listed = await fetch(`${url}/v1/models?key=${testSecret}`);
    expect(await listed.json()).toMatchObject({ models: expect.any(Array) });
  });

  it.each([
    ['nobody', 404, 'NOT_FOUND'],
    ['auto', 429, 'RESOURCE_EXHAUSTED'],
  ])('throws for %s what its own API would have it throw', async (model, status, canonical) => {
    const { client } = await anInstallation((res) =>
      sendJson(res, 429, { error: { message: 'Slow down.', code: 'rate_limit_exceeded' } }),
    );
    const failure: unknown = await client.models.generateContent({ model, contents: 'Hi' }).catch((e) => e);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status, message: expect.stringContaining(canonical) });
  });

  it('throws in the middle of a stream that breaks', async () => {
    const { client, context } = await anInstallation((res) => {
      sendEvents(res, roleChunk + chunk({ content: 'Half' }));
      res.end();
    });
    const stream = await client.models.generateContentStream({ model: 'auto', contents: 'Hi' });
    let text = '';
    const reading = async () => {
      for await (const piece of stream) text += piece.text ?? '';
    };
    await expect(reading()).rejects.toThrow(ApiError);
    expect(text).toBe('Half');
    expect(await context.log.next()).toMatchObject({ 'outcome.status': 'failed' });
  });
});

describe('Google’s client in front of a provider of its own dialect', () => {
  const answer = {
    candidates: [
      { content: { parts: [{ text: 'Hi', extra: 1.0 }], role: 'model' }, finishReason: 'STOP', index: 0 },
    ],
    usageMetadata: {
      promptTokenCount: 9,
      candidatesTokenCount: 2,
      thoughtsTokenCount: 5,
      totalTokenCount: 16,
    },
    modelVersion: 'gemini-2.5-flash',
  };

  it('has its bytes passed on and its answer passed back', async () => {
    const { upstream, url, context } = await aGoogleInstallation((res) => sendJson(res, 200, answer));
    const sent = '{"contents" : [{"parts":[{"text":"Hi"}]}], "safetySettings":[], "x": 1.0}';
    const response = await fetch(`${url}/v1beta/models/${flash}:generateContent?quotaUser=a%20b`, {
      method: 'POST',
      headers: key,
      body: sent,
    });
    expect(await response.json()).toEqual(answer);
    expect(upstream.seen[0]).toMatchObject({
      url: '/v1beta/models/gemini-2.5-flash:generateContent?quotaUser=a%20b',
      body: sent,
    });
    expect(await context.log.next()).toMatchObject({
      'usage.input_tokens': 9,
      'usage.output_tokens': 2,
      'usage.reasoning_tokens': 5,
      'cost.nano_usd': expect.any(Number),
    });
  });

  it('streams events to a client that asks for them, byte by byte', async () => {
    const { url, upstream } = await aGoogleInstallation((res) => {
      sendEvents(res, fixture('google-tools.sse'));
      res.end();
    });
    const response = await post(url, `/v1beta/models/${flash}:streamGenerateContent?alt=sse`, key);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toBe(fixture('google-tools.sse'));
    expect(upstream.seen[0]?.url).toBe('/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse');
  });

  it.each(['', '?alt=json'])('streams one JSON list to a client that asks with “%s”', async (query) => {
    const { url } = await aGoogleInstallation((res) => {
      sendEvents(res, fixture('google-text.sse'));
      res.end();
    });
    const response = await post(url, `/v1/models/${flash}:streamGenerateContent${query}`, key);
    expect(response.headers.get('content-type')).toContain('application/json');
    const chunks: unknown = await response.json();
    expect(chunks).toHaveLength(3);
    expect(chunks).toMatchObject([{}, {}, { candidates: [{ finishReason: 'STOP' }] }]);
  });

  it.each([
    ['the upstream’s own error', fixture('google-error.sse'), 'UNAVAILABLE'],
    [
      'ours, where it broke off',
      `${fixture('google-text.sse').split('\r\n\r\n', 1)[0]}\r\n\r\n`,
      'UNAVAILABLE',
    ],
  ])('ends a list that broke in %s, as JSON still', async (_, bytes, status) => {
    const { url } = await aGoogleInstallation((res) => {
      sendEvents(res, bytes);
      res.end();
    });
    const response = await post(url, `/v1beta/models/${flash}:streamGenerateContent`, key);
    const chunks: unknown = await response.json();
    expect(chunks).toMatchObject([{ candidates: [{}] }, { error: { status } }]);
  });

  it('asks it to count, and says so where it does not get to it', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const { client, upstream, url } = await aGoogleInstallation(
      (res, _, turn) =>
        turn === 1 ? sendJson(res, 200, { totalTokens: 31 }) : sendJson(res, 429, { error: {} }),
      { logger },
    );
    expect(await client.models.countTokens({ model: flash, contents: 'Hi' })).toMatchObject({
      totalTokens: 31,
    });
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({
      generateContentRequest: { model: 'models/gemini-2.5-flash', contents: [{ parts: [{ text: 'Hi' }] }] },
    });
    const response = await post(url, `/v1beta/models/${flash}:countTokens`, key);
    expect(response.headers.get('x-waybill-estimated')).toBe('true');
    expect(await response.json()).toEqual({ totalTokens: 6 });
    expect(lines.join()).toContain('answered 429');
  });
});

describe('a key in the URL', () => {
  it('opens the door, and goes no further', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const { url, upstream, context } = await aGoogleInstallation((res) => sendJson(res, 503, { error: {} }), {
      logger,
    });
    const path = `/v1beta/models/${flash}:generateContent?key=${testSecret}&quotaUser=x`;
    const response = await post(url, path);
    expect(response.status).toBe(503);
    expect(upstream.seen[0]?.url).toBe('/v1beta/models/gemini-2.5-flash:generateContent?quotaUser=x');
    expect(JSON.stringify(upstream.seen)).not.toContain(testSecret);
    expect(lines.join()).not.toContain(testSecret);
    expect(JSON.stringify(await context.log.next())).not.toContain(testSecret);
  });

  it('is no key anywhere but below Google’s paths', async () => {
    const { url } = await anInstallation(() => {});
    const response = await fetch(`${url}/v1/chat/completions?key=${testSecret}`, {
      method: 'POST',
      body: '{}',
    });
    expect(response.status).toBe(401);
  });

  it.each([
    [`/v1beta/models/auto:generateContent?key=wrong`, {}, 'INVALID_KEY'],
    [`/v1beta/models/auto:generateContent`, {}, 'MISSING_KEY'],
    [`/v1beta/models/auto:generateContent?key=wb-other`, key, 'CONFLICTING_KEYS'],
  ])('that is wrong is told in Google’s form: %s', async (path, headers, reason) => {
    const { url } = await anInstallation(() => {});
    const response = await post(url, path, headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: 401, status: 'UNAUTHENTICATED', details: [{ reason }] },
    });
  });
});

describe('Google’s paths', () => {
  it.each([
    ['GET', '/v1beta/models/auto:generateContent', 405],
    ['POST', '/v1beta/models/auto:embedContent', 404],
    ['POST', '/v1beta/cachedContents', 404],
    ['GET', '/v1beta/models/nobody', 404],
  ])('answer %s %s with %i in Google’s form', async (method, path, status) => {
    const { url } = await anInstallation(() => {});
    const response = await fetch(url + path, { method, headers: key });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code: status, message: expect.any(String) } });
  });

  it('take a model whose slash is written as %2F, and one with a colon', async () => {
    const { url, body } = await anInstallation((res) => sendJson(res, 200, aCompletion()));
    expect((await post(url, '/v1beta/models/openai%2Fgpt-5-mini:generateContent', key)).status).toBe(200);
    expect(body().model).toBe('gpt-5-mini');
    expect((await post(url, '/v1beta/models/openai/ft:gpt:x:generateContent', key)).status).not.toBe(405);
  });
});
