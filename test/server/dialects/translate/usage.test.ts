import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalInputTokens, totalTokens, Usage } from '#engine/catalogue/index.ts';
import {
  readAnthropicUsage,
  readOpenAiUsage,
  writeAnthropicUsage,
  writeOpenAiUsage,
} from '#server/dialects/translate/index.ts';

describe('usage', () => {
  const tokens = fc.nat(1_000_000);
  const usage = fc.record({
    inputTokens: tokens,
    cacheReadTokens: tokens,
    cacheWrite5mTokens: tokens,
    cacheWrite1hTokens: tokens,
    outputTokens: tokens,
    reasoningTokens: tokens,
  });

  it('of OpenAI adds up to the total it states, however the details lie', () => {
    const stated = fc.record({
      prompt: tokens,
      completion: tokens,
      cached: tokens,
      written: tokens,
      reasoned: tokens,
      beside: fc.boolean(),
    });
    fc.assert(
      fc.property(stated, ({ prompt, completion, cached, written, reasoned, beside }) => {
        const total = prompt + completion + (beside ? reasoned : 0);
        const read = readOpenAiUsage({
          prompt_tokens: prompt,
          completion_tokens: completion,
          total_tokens: total,
          prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
          completion_tokens_details: { reasoning_tokens: reasoned },
        })!;
        expect(totalTokens(read)).toBe(total);
        expect(totalInputTokens(read)).toBe(prompt);
        expect(Usage.parse(read)).toEqual(read);
      }),
    );
  });

  it('written for Anthropic and read back is the same by class', () => {
    fc.assert(
      fc.property(usage, (one) => {
        expect(readAnthropicUsage(writeAnthropicUsage(one))).toEqual(one);
      }),
    );
  });

  it('written for OpenAI and read back keeps every class but the two sorts of cache write', () => {
    fc.assert(
      fc.property(usage, (one) => {
        const read = readOpenAiUsage(writeOpenAiUsage(one))!;
        expect(read).toEqual({
          ...one,
          cacheWrite5mTokens: one.cacheWrite5mTokens + one.cacheWrite1hTokens,
          cacheWrite1hTokens: 0,
        });
      }),
    );
  });

  it('that a provider does not state is null, never zero', () => {
    expect(readOpenAiUsage(undefined)).toBeNull();
    expect(readOpenAiUsage(null)).toBeNull();
    expect(readAnthropicUsage({})).toBeNull();
  });
});
