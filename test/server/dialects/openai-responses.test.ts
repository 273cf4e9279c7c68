import { describe, expect, it } from 'vitest';
import { openaiResponses } from '#server/dialects/openai-responses/index.ts';
import { isWireObject } from '#server/dialects/wire-value.ts';

const hints = { bytes: 10, session: '', user: '' };

function read(body: object, own = hints) {
  const reading = openaiResponses.readRequest({ model: 'auto', ...body }, own);
  if (reading.kind === 'bad') throw new Error(`${reading.param}: ${reading.message}`);
  return reading.request;
}

function change(text: string, parameters: object) {
  const wire: unknown = JSON.parse(text);
  if (!isWireObject(wire)) throw new Error('no object');
  const changes = { model: 'm', parameters, lengthField: 'max_completion_tokens' as const };
  return openaiResponses.changeRequest(Buffer.from(text), wire, changes).toString();
}

describe('reading a Responses request', () => {
  it('takes a text as what the user says, and instructions as the system’s', () => {
    expect(read({ input: 'Hello', instructions: 'Be brief.' }).messages).toMatchObject([
      { role: 'system', text: 'Be brief.', images: 0 },
      { role: 'user', text: 'Hello', images: 0 },
    ]);
  });

  it('counts the items of one turn of the model as one message, and pictures', () => {
    const { messages } = read({
      input: [
        { role: 'developer', content: 'Be brief.' },
        {
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is this?' },
            { type: 'input_image', image_url: 'data:…' },
          ],
        },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Let me see.' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I look.' }] },
        { type: 'function_call', call_id: 'c', name: 'look', arguments: '{"a":1}' },
        { type: 'function_call_output', call_id: 'c', output: 'a cat' },
      ],
    });
    expect(messages).toMatchObject([
      { role: 'system', text: 'Be brief.', images: 0 },
      { role: 'user', text: 'What is this?', images: 1 },
      { role: 'assistant', text: 'Let me see.\nI look.\nlook {"a":1}', images: 0 },
      { role: 'tool', text: 'a cat', images: 0 },
    ]);
  });

  it('knows the tools, the limit, the effort and the wish for JSON', () => {
    const tools = [{ type: 'function', name: 'look', parameters: {} }, { type: 'web_search' }];
    const request = read({
      input: 'Hello',
      tools,
      max_output_tokens: 50,
      reasoning: { effort: 'high' },
      text: { format: { type: 'json_schema', name: 'a', schema: {} } },
    });
    expect(request).toMatchObject({
      dialect: 'openai-responses',
      tools: ['look', 'web_search'],
      toolCharacters: JSON.stringify(tools).length,
      maxOutputTokens: 50,
      reasoningEffort: 'high',
      jsonOutput: true,
    });
  });

  it('takes the session from the header, the metadata, the conversation, then the cache key', () => {
    const body = {
      input: 'Hello',
      metadata: { session_id: 'm' },
      conversation: { id: 'c' },
      prompt_cache_key: 'k',
    };
    expect(read(body, { ...hints, session: 'h' }).session).toBe('h');
    expect(read(body).session).toBe('m');
    expect(read({ ...body, metadata: {} }).session).toBe('c');
    expect(read({ ...body, metadata: {}, conversation: null }).session).toBe('k');
  });

  it('needs no input where the conversation lies with OpenAI', () => {
    expect(read({ previous_response_id: 'resp_1' }).messages).toMatchObject([]);
    expect(() => read({})).toThrow('input: "input" must be a text, or a list');
  });
});

describe('changing a Responses request', () => {
  it('touches nothing but the model', () => {
    const text =
      '{"input":[{"role":"user","content":"\\"model\\": x"}], "temperature":1.0,"model":"auto","n":1e2}';
    expect(change(text, {})).toBe(text.replace('"auto"', '"m"'));
  });

  it('caps the length, and keeps what else is said of reasoning', () => {
    const text = '{"model":"auto","input":"x","max_output_tokens":100,"reasoning":{"summary":"auto"}}';
    expect(JSON.parse(change(text, { max_output_tokens: 200, reasoning_effort: 'low' }))).toMatchObject({
      max_output_tokens: 100,
      reasoning: { summary: 'auto', effort: 'low' },
    });
    expect(JSON.parse(change('{"model":"auto","input":"x"}', { max_output_tokens: 200 }))).toMatchObject({
      max_output_tokens: 200,
    });
  });
});

describe('reasoning of another provider', () => {
  const own = { type: 'reasoning', id: 'rs_0a1', summary: [], encrypted_content: 'gAAAA' };
  const input = [
    { role: 'user', content: 'Hi' },
    { type: 'reasoning', id: 'rs_waybill_c_0', summary: [] },
    { type: 'reasoning', summary: [], encrypted_content: 'waybill.e30' },
    own,
  ];
  const text = JSON.stringify({ model: 'auto', input });

  it('is left behind when a conversation moves to OpenAI, which would refuse the request for it', () => {
    expect(JSON.parse(change(text, {})).input).toEqual([{ role: 'user', content: 'Hi' }, own]);
  });

  it('stays for who translates it', () => {
    const changes = { model: 'm', parameters: {}, lengthField: 'max_tokens', translated: true } as const;
    const changed = openaiResponses.changeRequest(Buffer.from(text), JSON.parse(text), changes);
    expect(JSON.parse(changed.toString()).input).toEqual(input);
  });
});

describe('reading a response', () => {
  it('counts by disjoint class', () => {
    const usage = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 10 },
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 20 },
    };
    expect(openaiResponses.readAnswer({ status: 'completed', output: [], usage })).toEqual({
      kind: 'ok',
      outputCharacters: 0,
      usage: {
        inputTokens: 30,
        cacheReadTokens: 60,
        cacheWrite5mTokens: 10,
        cacheWrite1hTokens: 0,
        outputTokens: 30,
        reasoningTokens: 20,
      },
    });
  });

  it('counts characters where nobody counted tokens', () => {
    const output = [
      { type: 'message', content: [{ type: 'output_text', text: 'four' }] },
      { type: 'function_call', name: 'f', arguments: '{}' },
    ];
    expect(openaiResponses.readAnswer({ output })).toMatchObject({ usage: null, outputCharacters: 6 });
  });

  it('finds the error inside a response that failed', () => {
    const error = { code: 'rate_limit_exceeded', message: 'Slow down.' };
    expect(openaiResponses.readAnswer({ status: 'failed', error, output: [] })).toEqual({
      kind: 'error',
      error: 'rate_limit',
    });
  });
});
