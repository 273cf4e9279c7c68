import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnthropic, writeAnthropic } from '#server/dialects/translate/index.ts';
import { base64, input, json, maybe, name, url, words } from './arbitraries.ts';

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
