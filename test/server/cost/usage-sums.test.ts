import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalInputTokens, totalOutputTokens, totalTokens, Usage } from '#engine/catalogue/index.ts';
import { readUsage as readMessages } from '#server/dialects/anthropic-messages/read-usage.ts';
import { readCohereUsage } from '#server/dialects/cohere-usage.ts';
import { readConverseUsage } from '#server/dialects/converse-usage.ts';
import { readUsage as readGenerate } from '#server/dialects/google-generate/read-usage.ts';
import { readUsage as readChat } from '#server/dialects/openai-chat/read-usage.ts';
import { readUsage as readResponse } from '#server/dialects/openai-responses/read-usage.ts';

/** A count as it may come: a number, nothing, or nonsense. */
const count = fc.oneof(
  { weight: 6, arbitrary: fc.nat(2_000_000) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, 0, -3, 1.5, '12', {}, Number.NaN) },
);
const counted = (value: unknown) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);
const details = fc.oneof(
  fc.record(
    {
      cached_tokens: count,
      cache_write_tokens: count,
      audio_tokens: count,
      image_tokens: count,
      text_tokens: count,
      reasoning_tokens: count,
      cached_tokens_details: fc.record({ audio_tokens: count }),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom(null, undefined, 7),
);

function mustBeSound(usage: Usage | null): Usage {
  expect(usage).not.toBeNull();
  return Usage.parse(usage);
}

describe('the classes of any usage object add up to the provider’s total', () => {
  it('in OpenAI’s dialects, wherever a server puts reasoning', () => {
    const wire = fc.record({ input: count, output: count, total: count, inside: details, outside: details });
    fc.assert(
      fc.property(wire, ({ input, output, total, inside, outside }) => {
        const parts = counted(input) + counted(output);
        fc.pre(parts > 0);
        const expected = Math.max(parts, counted(total));
        const chat = readChat({
          prompt_tokens: input,
          completion_tokens: output,
          total_tokens: total,
          prompt_tokens_details: inside,
          completion_tokens_details: outside,
        });
        const response = readResponse({
          input_tokens: input,
          output_tokens: output,
          total_tokens: total,
          input_tokens_details: inside,
          output_tokens_details: outside,
        });
        for (const usage of [mustBeSound(chat), mustBeSound(response)]) {
          expect(totalTokens(usage)).toBe(expected);
          expect(totalInputTokens(usage)).toBe(counted(input));
        }
      }),
    );
  });

  it('in Anthropic’s, over all its iterations', () => {
    const counts = fc.record({
      input_tokens: count,
      output_tokens: count,
      cache_read_input_tokens: count,
      cache_creation_input_tokens: fc.nat(1_000_000),
      output_tokens_details: fc.record({ thinking_tokens: count }),
    });
    const sumOf = (one: Record<string, unknown>) =>
      counted(one.input_tokens) +
      counted(one.output_tokens) +
      counted(one.cache_read_input_tokens) +
      counted(one.cache_creation_input_tokens);
    const cached = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(counts, { minLength: 1 }),
        fc.array(counts),
        cached,
        (messages, compactions, share) => {
          const add = (name: keyof (typeof messages)[number]) =>
            messages.reduce((sum, one) => sum + counted(one[name]), 0);
          const written = add('cache_creation_input_tokens');
          const usage = mustBeSound(
            readMessages({
              input_tokens: add('input_tokens'),
              output_tokens: add('output_tokens'),
              cache_read_input_tokens: add('cache_read_input_tokens'),
              cache_creation_input_tokens: written,
              cache_creation: { ephemeral_1h_input_tokens: Math.floor(written * share) },
              iterations: [
                ...compactions.map((one) => ({ type: 'compaction', ...one })),
                ...messages.map((one) => ({ type: 'message', ...one })),
              ],
            }),
          );
          const total = [...messages, ...compactions].reduce((sum, one) => sum + sumOf(one), 0);
          expect(totalTokens(usage)).toBe(total);
        },
      ),
    );
  });

  it('in Google’s, with thoughts and what tools put into the prompt', () => {
    const modality = fc.array(
      fc.record({
        modality: fc.constantFrom('TEXT', 'AUDIO', 'IMAGE', 'VIDEO', 'DOCUMENT'),
        tokenCount: count,
      }),
    );
    const wire = fc.record({
      promptTokenCount: count,
      cachedContentTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
      toolUsePromptTokenCount: count,
      promptTokensDetails: modality,
      cacheTokensDetails: modality,
      candidatesTokensDetails: modality,
    });
    fc.assert(
      fc.property(wire, (usage) => {
        const input = counted(usage.promptTokenCount) + counted(usage.toolUsePromptTokenCount);
        const output = counted(usage.candidatesTokenCount) + counted(usage.thoughtsTokenCount);
        fc.pre(input + output > 0);
        const read = mustBeSound(readGenerate(usage));
        expect([totalInputTokens(read), totalOutputTokens(read)]).toEqual([input, output]);
      }),
    );
  });

  it('in Bedrock’s and Cohere’s', () => {
    fc.assert(
      fc.property(count, count, count, count, count, (input, output, read, written, hour) => {
        const sum = counted(input) + counted(output) + counted(read) + counted(written);
        fc.pre(counted(input) + counted(output) > 0);
        const converse = readConverseUsage({
          inputTokens: input,
          outputTokens: output,
          cacheReadInputTokens: read,
          cacheWriteInputTokens: written,
          cacheDetails: [{ ttl: '1h', inputTokens: hour }],
        });
        expect(totalTokens(mustBeSound(converse))).toBe(sum);
        const billed_units = { input_tokens: input, output_tokens: output };
        const cohere = mustBeSound(readCohereUsage({ billed_units, cached_tokens: read }));
        expect(totalTokens(cohere)).toBe(counted(input) + counted(output));
      }),
    );
  });
});
