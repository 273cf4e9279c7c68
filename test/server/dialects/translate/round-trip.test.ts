import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readAnthropic,
  readAnthropicAnswer,
  readOpenAiAnswer,
  readOpenAiChat,
  writeAnthropic,
  writeAnthropicAnswer,
  writeOpenAiAnswer,
  writeOpenAiChat,
} from '#server/dialects/translate/index.ts';
import { someOptions } from './stream-tools.ts';

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[a-z]{1,10}$/);
const input = fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });
const base64 = fc.base64String({ minLength: 4, maxLength: 8 });
const url = name.map((host) => `https://${host}.test/a.png`);

/** A record without the members that are undefined, as JSON has it. */
const json = <T>(made: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  made.map((value) => JSON.parse(JSON.stringify(value)));
const maybe = <T>(made: fc.Arbitrary<T>) => fc.option(made, { nil: undefined });

function sampling() {
  return { temperature: maybe(fc.constantFrom(0, 0.5, 1)), top_p: maybe(fc.constantFrom(0.1, 1)) };
}

describe('OpenAI to neutral and back', () => {
  const user = fc.oneof(
    words.map((content) => ({ role: 'user', content })),
    fc
      .array(
        fc.oneof(
          words.map((text) => ({ type: 'text', text })),
          url.map((address) => ({ type: 'image_url', image_url: { url: address, detail: 'low' } })),
          base64.map((data) => ({ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } })),
          base64.map((data) => ({
            type: 'file',
            file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${data}` },
          })),
        ),
        { minLength: 2, maxLength: 4 },
      )
      .map((content) => ({ role: 'user', content })),
  );
  const turn = fc
    .record({ said: maybe(words), calls: fc.array(fc.tuple(name, input), { minLength: 1, maxLength: 3 }) })
    .map(({ said, calls }) => [
      {
        role: 'assistant',
        content: said ?? null,
        tool_calls: calls.map(([tool, args], index) => ({
          id: `call_${index}`,
          type: 'function',
          function: { name: tool, arguments: JSON.stringify(args) },
        })),
      },
      ...calls.map((_call, index) => ({ role: 'tool', tool_call_id: `call_${index}`, content: 'done' })),
    ]);
  const body = json(
    fc.record({
      model: fc.constant('gpt-4.1'),
      messages: fc
        .tuple(
          maybe(words),
          fc.array(
            fc.oneof(
              user.map((one) => [one]),
              turn,
            ),
            { minLength: 1, maxLength: 4 },
          ),
        )
        .map(([system, turns]) => [
          ...(system === undefined ? [] : [{ role: 'system', content: system }]),
          ...turns.flat(),
        ]),
      tools: fc.constant([
        {
          type: 'function',
          function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: false },
        },
      ]),
      tool_choice: maybe(
        fc.constantFrom<unknown>('auto', 'none', 'required', { type: 'function', function: { name: 'f' } }),
      ),
      parallel_tool_calls: maybe(fc.boolean()),
      max_completion_tokens: maybe(fc.integer({ min: 1, max: 9_999 })),
      ...sampling(),
      stop: maybe(fc.array(words, { minLength: 1, maxLength: 4 })),
      seed: maybe(fc.nat()),
      n: maybe(fc.constantFrom(1, 2)),
      logprobs: maybe(fc.boolean()),
      frequency_penalty: maybe(fc.constantFrom(0, 1)),
      logit_bias: maybe(fc.constant({ 5: -100 })),
      response_format: maybe(
        fc.constantFrom<unknown>(
          { type: 'json_object' },
          { type: 'text' },
          {
            type: 'json_schema',
            json_schema: {
              name: 'x',
              schema: { type: 'object', properties: {}, additionalProperties: false },
              strict: true,
            },
          },
        ),
      ),
      safety_identifier: maybe(name),
      metadata: maybe(fc.dictionary(name, words, { maxKeys: 2 })),
      service_tier: maybe(fc.constantFrom('auto', 'default', 'flex', 'priority')),
    }),
  );

  it('keeps every field both can say', () => {
    fc.assert(
      fc.property(body, (wire) => {
        const written = writeOpenAiChat(readOpenAiChat(wire));
        expect(written.dropped).toEqual([]);
        expect(JSON.parse(JSON.stringify(written.body))).toEqual(wire);
      }),
      { numRuns: 300 },
    );
  });
});

describe('Anthropic to neutral and back', () => {
  const cached = fc.constantFrom(
    {},
    { cache_control: { type: 'ephemeral' } },
    { cache_control: { type: 'ephemeral', ttl: '1h' } },
  );
  const text = fc.tuple(words, cached).map(([said, mark]) => ({ type: 'text', text: said, ...mark }));
  const image = fc.oneof(
    url.map((address) => ({ type: 'image', source: { type: 'url', url: address } })),
    base64.map((data) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } })),
  );
  const document = base64.map((data) => ({
    type: 'document',
    source: { type: 'base64', media_type: 'application/pdf', data },
    title: 'T',
  }));
  const result = fc
    .tuple(fc.array(fc.oneof(text, image), { minLength: 2, maxLength: 3 }), fc.boolean())
    .map(([content, failed]) => ({
      type: 'tool_result',
      tool_use_id: 'toolu_1',
      content,
      ...(failed ? { is_error: true } : {}),
    }));
  const user = fc
    .tuple(
      fc.array(result, { maxLength: 2 }),
      fc.array(fc.oneof(text, image, document), { minLength: 2, maxLength: 3 }),
    )
    .map(([results, others]) => ({ role: 'user', content: [...results, ...others] }));
  const assistant = fc
    .tuple(
      words,
      fc.array(
        fc.oneof(
          text,
          input.map((args) => ({ type: 'tool_use', id: 'toolu_1', name: 'f', input: args })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([thought, others]) => ({
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: thought, signature: 'c2ln' },
        { type: 'redacted_thinking', data: 'eHg=' },
        ...others,
      ],
    }));
  const body = json(
    fc.record({
      model: fc.constant('claude-sonnet-4-5'),
      max_tokens: fc.integer({ min: 5_000, max: 9_999 }),
      system: maybe(fc.array(text, { minLength: 2, maxLength: 2 })),
      messages: fc
        .array(fc.tuple(user, assistant), { minLength: 1, maxLength: 3 })
        .map((turns) => turns.flat()),
      tools: fc.constant([
        {
          name: 'f',
          description: 'd',
          input_schema: { type: 'object' },
          cache_control: { type: 'ephemeral' },
        },
      ]),
      tool_choice: maybe(
        fc.constantFrom<unknown>(
          { type: 'auto' },
          { type: 'none' },
          { type: 'auto', disable_parallel_tool_use: true },
        ),
      ),
      stop_sequences: maybe(fc.constant(['END'])),
      thinking: maybe(
        fc.constantFrom<unknown>({ type: 'enabled', budget_tokens: 2_000 }, { type: 'disabled' }),
      ),
      metadata: maybe(name.map((user_id) => ({ user_id }))),
      service_tier: maybe(fc.constantFrom('auto', 'standard_only')),
      stream: maybe(fc.constant(true)),
      cache_control: maybe(fc.constant({ type: 'ephemeral' })),
    }),
  );

  it('keeps every field both can say', () => {
    fc.assert(
      fc.property(body, (wire) => {
        const written = writeAnthropic(readAnthropic(wire), { maxOutputTokens: 1 });
        expect(written.dropped).toEqual([]);
        expect(JSON.parse(JSON.stringify(written.body))).toEqual(wire);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a request that went to the other dialect and back', () => {
  it('still says the same conversation', () => {
    const wire = {
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: 'Looking.',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'w', arguments: '{"x":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'Sun' },
      ],
      max_completion_tokens: 50,
      stop: ['END'],
    };
    const there = writeAnthropic(readOpenAiChat(wire), { model: 'claude-sonnet-4-5', maxOutputTokens: 9 });
    const back = writeOpenAiChat(readAnthropic(there.body), { model: 'gpt-4.1' });
    expect(back.body).toEqual({ ...wire, model: 'gpt-4.1' });
  });
});

describe('answers to neutral and back', () => {
  it('keep what OpenAI said', () => {
    const answer = {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: someOptions.created,
      model: 'gpt-4.1',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            refusal: null,
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
          },
          logprobs: { content: [], refusal: null },
          finish_reason: 'tool_calls',
        },
      ],
      usage: {
        prompt_tokens: 9,
        completion_tokens: 5,
        total_tokens: 14,
        prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 2, audio_tokens: 0 },
      },
      service_tier: 'default',
    };
    expect(writeOpenAiAnswer(readOpenAiAnswer(answer), someOptions)).toEqual({ body: answer, dropped: [] });
  });

  it('keep what Anthropic said', () => {
    const answer = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-opus-5',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 'sig' },
        { type: 'redacted_thinking', data: 'x' },
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: [1, { b: null }] } },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      stop_details: null,
      usage: {
        input_tokens: 1,
        cache_creation_input_tokens: 30,
        cache_read_input_tokens: 4,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
        output_tokens: 8,
        output_tokens_details: { thinking_tokens: 3 },
        service_tier: 'priority',
      },
    };
    expect(writeAnthropicAnswer(readAnthropicAnswer(answer), someOptions)).toEqual({
      body: answer,
      dropped: [],
    });
  });
});
