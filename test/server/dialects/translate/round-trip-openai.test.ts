import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOpenAiChat, writeOpenAiChat } from '#server/dialects/translate/index.ts';
import { base64, input, json, maybe, name, sampling, url, words } from './arbitraries.ts';

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
