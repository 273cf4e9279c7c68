import { ApiError, FunctionCallingConfigMode, Type } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { testSecret } from '../support/fakes.ts';
import { sendEvents, sendJson } from '../support/servers.ts';
import { aChatStream, aCompletion, chunk, doneFrame, roleChunk, usageChunk } from '../support/wire.ts';
import { anInstallation, key, mini, post } from './google-client.ts';

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
