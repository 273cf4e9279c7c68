import { describe, expect, it } from 'vitest';
import { totalTokens } from '#engine/catalogue/index.ts';
import { mergeUsage, readUsage as readMessages } from '#server/dialects/anthropic-messages/read-usage.ts';
import { readCohereUsage } from '#server/dialects/cohere-usage.ts';
import { readConverseUsage } from '#server/dialects/converse-usage.ts';
import { generate, nano } from './read-cost.ts';

/**
 * Usage objects in the form the providers document, and what the call costs by their price pages as the price book of
 * 2026-11-22 states them. The arithmetic is in dollars per million tokens, unless it says otherwise.
 */
describe('a call to Anthropic Messages', () => {
  it('with cache reads, five-minute and one-hour writes, and a web search', () => {
    const usage = readMessages({
      input_tokens: 2_095,
      cache_creation_input_tokens: 12_000,
      cache_read_input_tokens: 40_000,
      cache_creation: { ephemeral_5m_input_tokens: 2_000, ephemeral_1h_input_tokens: 10_000 },
      output_tokens: 503,
      output_tokens_details: { thinking_tokens: 300 },
      server_tool_use: { web_search_requests: 2, web_fetch_requests: 1 },
      service_tier: 'standard',
    });
    // claude-opus-5: 2,095 × 5 + 40,000 × 0.5 + 2,000 × 6.25 + 10,000 × 10 + 503 × 25
    //   = 10,475 + 20,000 + 12,500 + 100,000 + 12,575 = 155,550, and 2 × $0.01
    expect(nano(usage, 'anthropic/claude-opus-5')).toBe(155_550_000 + 20_000_000);
  });

  it('that compacted: every iteration is billed, not the first alone', () => {
    const usage = readMessages({
      input_tokens: 23_000,
      output_tokens: 1_000,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      iterations: [
        { type: 'compaction', input_tokens: 30_000, output_tokens: 3_500, cache_read_input_tokens: 150_000 },
        { type: 'message', input_tokens: 23_000, output_tokens: 1_000 },
      ],
    });
    // claude-opus-5: (23,000 + 30,000) × 5 + 150,000 × 0.5 + (1,000 + 3,500) × 25 = 265,000 + 75,000 + 112,500
    expect(nano(usage, 'anthropic/claude-opus-5')).toBe(452_500_000);
  });

  it('that looped over server tools, also where the counts at the top are those of one iteration', () => {
    const iterations = [
      { type: 'message', input_tokens: 1_000, output_tokens: 200, cache_creation_input_tokens: 500 },
      { type: 'message', input_tokens: 3_000, output_tokens: 400, cache_read_input_tokens: 500 },
    ];
    const whole = {
      input_tokens: 4_000,
      output_tokens: 600,
      cache_creation_input_tokens: 500,
      cache_read_input_tokens: 500,
    };
    // claude-sonnet-4-6: 4,000 × 3 + 500 × 0.3 + 500 × 3.75 + 600 × 15 = 12,000 + 150 + 1,875 + 9,000
    for (const top of [whole, iterations[0]])
      expect(nano(readMessages({ ...top, iterations }), 'anthropic/claude-sonnet-4-6')).toBe(23_025_000);
  });

  it('that asked another model for advice: counted, and unpriced, since no one price fits', () => {
    const usage = readMessages({
      input_tokens: 100,
      output_tokens: 10,
      iterations: [
        { type: 'message', input_tokens: 100, output_tokens: 10 },
        { type: 'advisor_message', model: 'claude-opus-5', input_tokens: 900, output_tokens: 90 },
      ],
    });
    expect(totalTokens(usage!)).toBe(1_100);
    expect(nano(usage, 'anthropic/claude-sonnet-4-6')).toBe('unpriced');
  });

  it('in a batch, fast, for one country only, and on committed capacity', () => {
    const counts = { input_tokens: 10_000, output_tokens: 1_000 };
    const cost = (more: object) => nano(readMessages({ ...counts, ...more }), 'anthropic/claude-opus-5');
    expect(cost({ service_tier: 'batch' })).toBe(37_500_000); // 10,000 × 2.5 + 1,000 × 12.5
    expect(cost({ service_tier: 'standard', speed: 'fast' })).toBe(150_000_000); // 10,000 × 10 + 1,000 × 50
    expect(cost({ inference_geo: 'us' })).toBe(82_500_000); // (10,000 × 5 + 1,000 × 25) × 1.1
    expect(cost({ inference_geo: 'global', speed: 'standard' })).toBe(75_000_000);
    expect(cost({ service_tier: 'priority' })).toBe('unpriced');
  });

  it('above 200,000 tokens, while that had a price of its own', () => {
    const usage = readMessages({
      input_tokens: 50_000,
      cache_read_input_tokens: 150_001,
      output_tokens: 1_000,
    });
    // claude-sonnet-4-6 until 2026-03-13: 50,000 × 6 + 150,001 × 0.6 + 1,000 × 22.5 = 300,000 + 90,000.6 + 22,500
    expect(nano(usage, 'anthropic/claude-sonnet-4-6', Date.parse('2026-03-12T23:00:00Z'))).toBe(412_500_600);
    // since: 50,000 × 3 + 150,001 × 0.3 + 1,000 × 15 = 150,000 + 45,000.3 + 15,000
    expect(nano(usage, 'anthropic/claude-sonnet-4-6')).toBe(210_000_300);
  });

  it('streamed: what message_delta says takes the place of message_start, and is never added', () => {
    const start = {
      input_tokens: 1_000,
      cache_creation_input_tokens: 200,
      cache_read_input_tokens: 4_000,
      cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 0 },
      output_tokens: 1,
      service_tier: 'standard',
    };
    const delta = { input_tokens: 1_000, cache_read_input_tokens: 4_000, output_tokens: 250 };
    // claude-opus-5: 1,000 × 5 + 4,000 × 0.5 + 200 × 6.25 + 250 × 25 = 5,000 + 2,000 + 1,250 + 6,250
    expect(nano(readMessages(mergeUsage(start, delta)), 'anthropic/claude-opus-5')).toBe(14_500_000);
  });
});

describe('a call to Gemini', () => {
  const spoken = {
    promptTokenCount: 10_000,
    cachedContentTokenCount: 4_000,
    candidatesTokenCount: 500,
    thoughtsTokenCount: 1_500,
    toolUsePromptTokenCount: 300,
    totalTokenCount: 12_300,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: 7_000 },
      { modality: 'AUDIO', tokenCount: 3_000 },
    ],
    cacheTokensDetails: [
      { modality: 'TEXT', tokenCount: 3_000 },
      { modality: 'AUDIO', tokenCount: 1_000 },
    ],
  };

  it('with audio fresh and cached, thoughts, tools that fill the prompt, and a grounded answer', () => {
    const answer = {
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: spoken,
      candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'] } }],
    };
    // gemini-2.5-flash: text 4,000 + 300 × 0.3, cached 3,000 × 0.03, audio 2,000 × 1, cached audio 1,000 × 0.1,
    //   out 2,000 × 2.5 = 1,290 + 90 + 2,000 + 100 + 5,000 = 8,480, and one grounded answer at $0.035
    expect(nano(generate(answer), 'google/gemini-2.5-flash')).toBe(8_480_000 + 35_000_000);
  });

  it('3 or later pays by the search', () => {
    const answer = {
      modelVersion: 'gemini-3.6-flash',
      usageMetadata: { promptTokenCount: 1_000, candidatesTokenCount: 100, totalTokenCount: 1_100 },
      candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'] } }],
    };
    // gemini-3.6-flash: 1,000 × 0.75 + 100 × 3.75 = 1,125, and 2 × $0.014; twice the tokens' price from 2027 on
    expect(nano(generate(answer), 'google/gemini-3.6-flash')).toBe(1_125_000 + 28_000_000);
    const later = Date.parse('2027-01-01T00:00:00Z');
    expect(nano(generate(answer), 'google/gemini-3.6-flash', later)).toBe(2_250_000 + 28_000_000);
  });

  it('with images out', () => {
    const answer = {
      usageMetadata: {
        promptTokenCount: 300,
        candidatesTokenCount: 1_140,
        totalTokenCount: 1_440,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 42 },
          { modality: 'IMAGE', tokenCount: 258 },
        ],
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1_120 }],
      },
    };
    // gemini-3.1-flash-image: 300 × 0.5 + 20 × 3 + 1,120 × 60 = 150 + 60 + 67,200
    expect(nano(generate(answer), 'google/gemini-3.1-flash-image')).toBe(67_410_000);
  });

  it('above 200,000 tokens', () => {
    const usageMetadata = { promptTokenCount: 250_000, candidatesTokenCount: 1_000, thoughtsTokenCount: 0 };
    // gemini-2.5-pro: 250,000 × 2.5 + 1,000 × 15 = 625,000 + 15,000
    expect(nano(generate({ usageMetadata }), 'google/gemini-2.5-pro')).toBe(640_000_000);
  });
});

describe('a call to Vertex AI', () => {
  it('by the kind of traffic', () => {
    const cost = (trafficType: string) =>
      nano(
        generate({
          usageMetadata: {
            promptTokenCount: 10_000,
            candidatesTokenCount: 100,
            thoughtsTokenCount: 900,
            totalTokenCount: 11_000,
            trafficType,
          },
        }),
        'vertex/gemini-2.5-pro',
      );
    expect(cost('ON_DEMAND')).toBe(22_500_000); // 10,000 × 1.25 + 1,000 × 10
    expect(cost('ON_DEMAND_PRIORITY')).toBe(40_500_000); // 10,000 × 2.25 + 1,000 × 18
    expect(cost('ON_DEMAND_FLEX')).toBe(11_250_000); // 10,000 × 0.625 + 1,000 × 5
    expect(cost('PROVISIONED_THROUGHPUT')).toBe('unpriced');
  });
});

describe('a call to Bedrock', () => {
  it('with cache reads and writes of both lives, at the price of its region', () => {
    const answer = {
      usage: {
        inputTokens: 1_000,
        outputTokens: 200,
        totalTokens: 14_200,
        cacheReadInputTokens: 8_000,
        cacheWriteInputTokens: 5_000,
        cacheDetails: [
          { ttl: '1h', inputTokens: 4_000 },
          { ttl: '5m', inputTokens: 1_000 },
        ],
      },
      serviceTier: { type: 'default' },
    };
    const usage = readConverseUsage(answer.usage, answer);
    expect(totalTokens(usage!)).toBe(14_200);
    // us.anthropic.claude-opus-4-8: 1,000 × 5.5 + 8,000 × 0.55 + 1,000 × 6.875 + 4,000 × 11 + 200 × 27.5
    //   = 5,500 + 4,400 + 6,875 + 44,000 + 5,500
    expect(nano(usage, 'bedrock/us.anthropic.claude-opus-4-8')).toBe(66_275_000);
    const flex = { ...answer, serviceTier: { type: 'flex' } };
    expect(nano(readConverseUsage(flex.usage, flex), 'bedrock/us.anthropic.claude-opus-4-8')).toBe(
      'unpriced',
    );
  });
});

describe('a call to Cohere', () => {
  it('by its billed units, not by the tokens that fill the context', () => {
    const usage = readCohereUsage({
      billed_units: { input_tokens: 1_210, output_tokens: 412 },
      tokens: { input_tokens: 1_706, output_tokens: 415 },
    });
    // command-a: 1,210 × 2.5 + 412 × 10 = 3,025 + 4,120
    expect(nano(usage, 'cohere/command-a-03-2025')).toBe(7_145_000);
  });
});
