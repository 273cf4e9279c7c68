import { describe, expect, it } from 'vitest';
import { testSecret } from '../support/fakes.ts';
import { aProvider, sendWire, weather, wire } from './support.ts';

const gemini = { kind: 'gemini', path: '/v1beta' } as const;

const model = 'up/gemini-3.5-flash';

describe('an Anthropic client before Gemini', () => {
  const tools = [{ name: weather.name, description: weather.description, input_schema: weather.schema }];

  it('gets thinking and parallel calls, and gives signatures back to the calls they belong to', async () => {
    const { anthropic, sent } = await aProvider(gemini, (res, _, turn) =>
      turn === 1 ? sendWire(res, 'gemini/thinking-parallel-tools.sse') : sendWire(res, 'gemini/text.json'),
    );
    const question = {
      model,
      max_tokens: 1_000,
      tools,
      thinking: { type: 'enabled' as const, budget_tokens: 1_024 },
      messages: [{ role: 'user' as const, content: 'Weather in Paris and Rome?' }],
    };
    const first = await anthropic.messages.stream({ ...question, max_tokens: 4_000 }).finalMessage();
    expect(first.content).toMatchObject([
      { type: 'thinking', thinking: 'I need the weather twice.' },
      { type: 'thinking', thinking: '', signature: 'waybill.google.call.U0lHTkFUVVJF' },
      { type: 'tool_use', id: 'fc1', name: 'weather', input: { city: 'Paris' } },
      { type: 'tool_use', id: 'fc2', name: 'weather', input: { city: 'Rome' } },
    ]);
    expect(first).toMatchObject({ stop_reason: 'tool_use', usage: { input_tokens: 80, output_tokens: 80 } });
    await anthropic.messages.create({
      ...question,
      messages: [
        ...question.messages,
        { role: 'assistant', content: first.content },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'fc1', content: '18 °C' },
            { type: 'tool_result', tool_use_id: 'fc2', content: 'no such city', is_error: true },
            { type: 'text', text: 'Go on.' },
          ],
        },
      ],
    });
    const contents = sent(1).contents;
    expect(contents[1].parts).toMatchObject([
      {
        functionCall: { id: 'fc1', name: 'weather', args: { city: 'Paris' } },
        thoughtSignature: 'U0lHTkFUVVJF',
      },
      { functionCall: { id: 'fc2', args: { city: 'Rome' } } },
    ]);
    expect(contents[1].parts[1].thoughtSignature).toBeUndefined();
    expect(contents[2].parts).toMatchObject([
      { functionResponse: { id: 'fc1', name: 'weather', response: { content: '18 °C' } } },
      { functionResponse: { id: 'fc2', response: { content: 'no such city' } } },
    ]);
    expect(contents[3]).toEqual({ role: 'user', parts: [{ text: 'Go on.' }] });
  });

  it('has thinking of another provider left behind, and named', async () => {
    const { anthropic, context, sent } = await aProvider(gemini, (res) => sendWire(res, 'gemini/text.json'));
    await anthropic.messages.create({
      model,
      max_tokens: 100,
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm.', signature: 'EqoB' },
            { type: 'text', text: 'Yes?' },
          ],
        },
        { role: 'user', content: [{ type: 'text', text: 'Go on.', cache_control: { type: 'ephemeral' } }] },
      ],
    });
    expect(sent().contents[1]).toEqual({ role: 'model', parts: [{ text: 'Yes?' }] });
    const record = await context.log.next();
    expect(record['outcome.dropped']).toEqual(
      expect.arrayContaining(['messages[].thinking', 'cache_control']),
    );
  });

  it.each([
    ['up/gemini-2.5-flash', { thinkingBudget: 2_000, includeThoughts: true }],
    ['up/gemini-3.5-flash', { thinkingLevel: 'minimal', includeThoughts: true }],
    ['up/gemini-3-pro-preview', { thinkingLevel: 'low', includeThoughts: true }],
    ['up/gemini-3.1-pro-preview', { thinkingLevel: 'low', includeThoughts: true }],
  ])('has its thinking budget put as %s takes it', async (name, thinkingConfig) => {
    const { anthropic, sent } = await aProvider(gemini, (res) => sendWire(res, 'gemini/text.json'));
    await anthropic.messages.create({
      model: name,
      max_tokens: 4_000,
      thinking: { type: 'enabled', budget_tokens: 2_000 },
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(sent().generationConfig.thinkingConfig).toEqual(thinkingConfig);
  });
});

describe('a client of Google’s own dialect before Gemini', () => {
  const body =
    '{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],  "safetySettings":[], "new_field": 1e2}';

  it('has its bytes passed through untouched, and the answer’s bytes back', async () => {
    const { url, upstream, context } = await aProvider(gemini, (res) => sendWire(res, 'gemini/text.json'));
    const response = await fetch(`${url}/v1beta/models/up%2Fgemini-3.5-flash:generateContent`, {
      method: 'POST',
      headers: { 'x-goog-api-key': testSecret, 'content-type': 'application/json' },
      body,
    });
    expect(await response.text()).toBe(wire('gemini/text.json').toString('utf8'));
    expect(upstream.seen[0]).toMatchObject({
      url: '/v1beta/models/gemini-3.5-flash:generateContent',
      body,
      headers: { 'x-goog-api-key': 'sk-upstream' },
    });
    expect(await context.log.next()).toMatchObject({ 'usage.cache_read_tokens': 200 });
  });

  it('streams, and the client’s own key in the query goes no further', async () => {
    const { url, upstream } = await aProvider(gemini, (res) => sendWire(res, 'gemini/text.sse'));
    const path = `/v1beta/models/up%2Fgemini-3.5-flash:streamGenerateContent?alt=sse&key=${testSecret}`;
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await response.text()).toBe(wire('gemini/text.sse').toString('utf8'));
    expect(upstream.seen[0]?.url).toBe('/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse');
  });
});
