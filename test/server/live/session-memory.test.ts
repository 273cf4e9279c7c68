import { describe, expect, it } from 'vitest';
import { noUsage } from '#engine/catalogue/index.ts';
import { SessionMemory } from '#engine/plan/live/session-memory.ts';

const turn = { session: 's', target: 'openai/a', usage: null, caching: null, at: 1_000 } as const;

describe('where a conversation was served', () => {
  it('is nowhere for a new one', () => {
    expect(new SessionMemory().look('s', 0)).toEqual({ target: '', warmTokens: 0, idleSeconds: 0 });
  });

  it('is the last target, with the time since', () => {
    const memory = new SessionMemory();
    memory.remember(turn);
    memory.remember({ ...turn, target: 'anthropic/b', at: 5_000 });
    expect(memory.look('s', 7_500)).toEqual({ target: 'anthropic/b', warmTokens: 0, idleSeconds: 2.5 });
  });

  it('is warm by what the provider says it has read and written, for five minutes', () => {
    const memory = new SessionMemory();
    const usage = { ...noUsage, inputTokens: 40, cacheReadTokens: 900, cacheWrite5mTokens: 100 };
    memory.remember({ ...turn, usage, caching: 'explicit' });
    expect(memory.look('s', 300_999).warmTokens).toBe(1_000);
    expect(memory.look('s', 301_000).warmTokens).toBe(0);
  });

  it('is warm for an hour where the cache was written for one', () => {
    const memory = new SessionMemory();
    memory.remember({ ...turn, usage: { ...noUsage, cacheWrite1hTokens: 2_000 }, caching: 'explicit' });
    expect(memory.look('s', 3_000_000).warmTokens).toBe(2_000);
  });

  it('is warm in whole blocks where the vendor caches by itself, and only for long prompts', () => {
    const memory = new SessionMemory();
    memory.remember({ ...turn, usage: { ...noUsage, inputTokens: 1_500 }, caching: 'automatic' });
    memory.remember({
      ...turn,
      session: 't',
      usage: { ...noUsage, inputTokens: 1_000 },
      caching: 'automatic',
    });
    expect(memory.look('s', 2_000).warmTokens).toBe(1_408);
    expect(memory.look('t', 2_000).warmTokens).toBe(0);
  });

  it('forgets the oldest when there are too many, and none of the latest', () => {
    const memory = new SessionMemory(2);
    for (const session of ['a', 'b', 'c', 'd']) memory.remember({ ...turn, session });
    const known = ['a', 'b', 'c', 'd'].map((session) => memory.look(session, 2_000).target);
    expect(known).toEqual(['', '', 'openai/a', 'openai/a']);
  });
});
