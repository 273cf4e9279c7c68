import { describe, expect, it } from 'vitest';
import { totalInputTokens, totalTokens } from '#engine/catalogue/index.ts';
import { chat, nano, response } from './read-cost.ts';

/**
 * Usage objects in the form the providers document, and what the call costs by their price pages as the price book of
 * 2026-11-22 states them. The arithmetic is in dollars per million tokens, unless it says otherwise.
 */
describe('a call to OpenAI Chat Completions', () => {
  const usage = {
    prompt_tokens: 2006,
    completion_tokens: 1300,
    total_tokens: 3306,
    prompt_tokens_details: { cached_tokens: 1920, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 1024,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };

  it('with cached input and reasoning', () => {
    // gpt-5.2: 86 × 1.75 + 1,920 × 0.175 + (276 + 1,024) × 14 = 150.5 + 336 + 18,200 = $0.0186865
    expect(nano(chat({ usage, service_tier: 'default' }), 'openai/gpt-5.2')).toBe(18_686_500);
  });

  it('by the tier that served: priority, flex, and one that has no price', () => {
    // priority: 86 × 3.5 + 1,920 × 0.35 + 1,300 × 28 = 301 + 672 + 36,400
    expect(nano(chat({ usage, service_tier: 'priority' }), 'openai/gpt-5.2')).toBe(37_373_000);
    // flex: 86 × 0.875 + 1,920 × 0.0875 + 1,300 × 7 = 75.25 + 168 + 9,100
    expect(nano(chat({ usage, service_tier: 'flex' }), 'openai/gpt-5.2')).toBe(9_343_250);
    expect(nano(chat({ usage, service_tier: 'scale' }), 'openai/gpt-5.2')).toBe('unpriced');
  });

  it('with audio in and out', () => {
    const spoken = chat({
      usage: {
        prompt_tokens: 150,
        completion_tokens: 300,
        total_tokens: 450,
        prompt_tokens_details: { cached_tokens: 0, text_tokens: 50, audio_tokens: 100 },
        completion_tokens_details: { reasoning_tokens: 0, text_tokens: 60, audio_tokens: 240 },
      },
    });
    // gpt-audio: 50 × 2.5 + 100 × 32 + 60 × 10 + 240 × 64 = 125 + 3,200 + 600 + 15,360
    expect(nano(spoken, 'openai/gpt-audio')).toBe(19_285_000);
    expect(nano(spoken, 'openai/gpt-5.2')).toBe('unpriced');
  });
});

describe('a call to OpenAI Responses', () => {
  it('with long context, where every token is at the higher tier', () => {
    const answer = {
      service_tier: 'default',
      usage: {
        input_tokens: 300_000,
        input_tokens_details: { cached_tokens: 200_000 },
        output_tokens: 2_000,
        output_tokens_details: { reasoning_tokens: 1_500 },
        total_tokens: 302_000,
      },
      output: [],
    };
    // gpt-5.5 above 271,999: 100,000 × 10 + 200,000 × 1 + 2,000 × 45 = 1,000,000 + 200,000 + 90,000 = $1.29
    expect(nano(response(answer), 'openai/gpt-5.5')).toBe(1_290_000_000);
  });

  it('with web and file searches, which are billed by the call; pages opened after a search are not', () => {
    const answer = {
      usage: {
        input_tokens: 10_000,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 500,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 10_500,
      },
      output: [
        { type: 'web_search_call', id: 'ws_1', action: { type: 'search', query: 'a' } },
        { type: 'web_search_call', id: 'ws_2', action: { type: 'open_page', url: 'https://example.com' } },
        { type: 'web_search_call', id: 'ws_3', action: { type: 'search', query: 'b' } },
        { type: 'file_search_call', id: 'fs_1' },
        { type: 'message', content: [] },
      ],
    };
    // gpt-5-mini: 10,000 × 0.25 + 500 × 2 = 3,500, and 2 × $0.01 + 1 × $0.0025
    expect(nano(response(answer), 'openai/gpt-5-mini')).toBe(3_500_000 + 22_500_000);
  });

  it('with a cache write, which newer models bill', () => {
    const answer = {
      usage: {
        input_tokens: 20_000,
        input_tokens_details: { cached_tokens: 4_000, cache_write_tokens: 15_000 },
        output_tokens: 100,
        total_tokens: 20_100,
      },
    };
    // gpt-5.6-luna: 1,000 × 0.2 + 4,000 × 0.02 + 15,000 × 0.25 + 100 × 1.2 = 200 + 80 + 3,750 + 120
    expect(nano(response(answer), 'openai/gpt-5.6-luna')).toBe(4_150_000);
    // Before 2026-07-30: 1,000 × 1 + 4,000 × 0.1 + 15,000 × 1.25 + 100 × 6 = 1,000 + 400 + 18,750 + 600
    const june = Date.parse('2026-06-01T00:00:00Z');
    expect(nano(response(answer), 'openai/gpt-5.6-luna', june)).toBe(20_750_000);
  });

  it('with code that ran in a container: its price hangs on the container’s size, so none is made up', () => {
    const run = (id: string) => ({ type: 'code_interpreter_call', id, container_id: 'cntr_1' });
    const answer = { usage: { input_tokens: 10, output_tokens: 10 }, output: [run('ci_1'), run('ci_2')] };
    expect(response(answer)?.codeExecutionCalls).toBe(1);
    expect(nano(response(answer), 'openai/gpt-5.2')).toBe('unpriced');
  });
});

describe('a call to Azure OpenAI', () => {
  it('with cached input and reasoning', () => {
    const usage = {
      prompt_tokens: 5_000,
      completion_tokens: 800,
      total_tokens: 5_800,
      prompt_tokens_details: { audio_tokens: 0, cached_tokens: 3_000 },
      completion_tokens_details: { reasoning_tokens: 512 },
    };
    // gpt-5-mini: 2,000 × 0.25 + 3,000 × 0.025 + 800 × 2 = 500 + 75 + 1,600
    expect(nano(chat({ usage }), 'azure/gpt-5-mini')).toBe(2_175_000);
    // priority: 2,000 × 0.45 + 3,000 × 0.045 + 800 × 3.6 = 900 + 135 + 2,880
    expect(nano(chat({ usage, service_tier: 'priority' }), 'azure/gpt-5-mini')).toBe(3_915_000);
  });
});

describe('a call to Mistral', () => {
  it('with cached input', () => {
    const usage = {
      prompt_tokens: 3_000,
      total_tokens: 3_400,
      completion_tokens: 400,
      prompt_tokens_details: { cached_tokens: 1_024 },
    };
    // mistral-medium-latest: 1,976 × 1.5 + 1,024 × 0.15 + 400 × 7.5 = 2,964 + 153.6 + 3,000
    expect(nano(chat({ usage }), 'mistral/mistral-medium-latest')).toBe(6_117_600);
  });
});

describe('a call to DeepSeek', () => {
  const usage = {
    prompt_tokens: 8_000,
    completion_tokens: 2_000,
    total_tokens: 10_000,
    prompt_tokens_details: { cached_tokens: 6_000 },
    prompt_cache_hit_tokens: 6_000,
    prompt_cache_miss_tokens: 2_000,
    completion_tokens_details: { reasoning_tokens: 1_500 },
  };

  it('with cache hits, which old servers state beside the prompt, at its price off-peak and in its peak hours', () => {
    const { prompt_tokens_details: _, ...old } = usage;
    // deepseek-v4-pro: 2,000 × 0.66 + 6,000 × 0.022 + 2,000 × 1.98 = 1,320 + 132 + 3,960
    for (const told of [usage, old])
      expect(nano(chat({ usage: told }), 'deepseek/deepseek-v4-pro')).toBe(5_412_000);
    const peak = Date.parse('2026-11-22T06:00:00Z');
    expect(nano(chat({ usage }), 'deepseek/deepseek-v4-pro', peak)).toBe(10_824_000);
  });
});

describe('a call to OpenRouter', () => {
  it('with cache reads and writes', () => {
    const usage = {
      prompt_tokens: 10_000,
      completion_tokens: 500,
      total_tokens: 10_500,
      cost: 0.02625,
      is_byok: false,
      prompt_tokens_details: { cached_tokens: 6_000, cache_write_tokens: 3_000, audio_tokens: 0 },
      cost_details: { upstream_inference_cost: null },
      completion_tokens_details: { reasoning_tokens: 0, image_tokens: 0 },
    };
    // anthropic/claude-opus-5: 1,000 × 5 + 6,000 × 0.5 + 3,000 × 6.25 + 500 × 25 = 5,000 + 3,000 + 18,750 + 12,500
    expect(nano(chat({ usage }), 'openrouter/anthropic/claude-opus-5')).toBe(39_250_000);
  });
});

describe('a call to Groq', () => {
  it('with cached input', () => {
    const usage = {
      queue_time: 0.05,
      prompt_tokens: 4_000,
      prompt_time: 0.01,
      completion_tokens: 300,
      completion_time: 0.6,
      total_tokens: 4_300,
      total_time: 0.61,
      prompt_tokens_details: { cached_tokens: 2_560 },
      completion_tokens_details: { reasoning_tokens: 64 },
    };
    // gpt-oss-120b: 1,440 × 0.15 + 2,560 × 0.075 + 300 × 0.6 = 216 + 192 + 180
    const answer = { usage, service_tier: 'on_demand' };
    expect(nano(chat(answer), 'groq/openai/gpt-oss-120b')).toBe(588_000);
  });
});

describe('a call to xAI', () => {
  it('with reasoning that stands beside the completion, and its own tools', () => {
    const usage = {
      prompt_tokens: 2_000,
      completion_tokens: 100,
      total_tokens: 2_900,
      prompt_tokens_details: { text_tokens: 1_744, audio_tokens: 0, image_tokens: 256, cached_tokens: 500 },
      completion_tokens_details: { reasoning_tokens: 800, audio_tokens: 0 },
      num_sources_used: 3,
      server_side_tool_usage_details: { web_search_calls: 2, x_search_calls: 1, code_interpreter_calls: 1 },
    };
    const read = chat({ usage });
    expect([totalTokens(read!), totalInputTokens(read!), read?.reasoningTokens]).toEqual([2_900, 2_000, 800]);
    // grok-4.3: 1,500 × 1.25 + 500 × 0.2 + 900 × 2.5 = 1,875 + 100 + 2,250 = 4,225, and 4 calls × $0.005
    expect(nano(read, 'xai/grok-4.3')).toBe(4_225_000 + 20_000_000);
  });

  it('with 200,000 tokens or more', () => {
    const usage = { prompt_tokens: 200_000, completion_tokens: 10, total_tokens: 200_010 };
    // 200,000 × 2.5 + 10 × 5
    expect(nano(chat({ usage }), 'xai/grok-4.3')).toBe(500_050_000);
  });
});
