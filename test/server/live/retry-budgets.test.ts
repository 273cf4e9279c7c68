import { describe, expect, it } from 'vitest';
import { freeRetries, RetryBudgets } from '#engine/plan/live/retry-budgets.ts';

function tries(budgets: RetryBudgets, share: number, now: number): number {
  let allowed = 0;
  while (allowed < 1_000 && budgets.allow('f', share, now)) allowed += 1;
  return allowed;
}

describe('a retry budget', () => {
  it('allows a share of the requests of the last minute, and always a few', () => {
    const budgets = new RetryBudgets();
    for (let n = 0; n < 100; n += 1) budgets.begin('f', n * 100);
    expect(tries(budgets, 0.2, 10_000)).toBe(20 + freeRetries);
  });

  it('lets a quiet route fall back', () => {
    const budgets = new RetryBudgets();
    budgets.begin('f', 0);
    expect(tries(budgets, 0.1, 0)).toBe(freeRetries + 1);
  });

  it('forgets what is older than a minute', () => {
    const budgets = new RetryBudgets();
    for (let n = 0; n < 100; n += 1) budgets.begin('f', 0);
    expect(tries(budgets, 0.5, 1_000)).toBe(50 + freeRetries);
    expect(tries(budgets, 0.5, 30_000)).toBe(0);
    expect(tries(budgets, 0.5, 61_000)).toBe(freeRetries);
  });
});
