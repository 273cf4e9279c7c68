import { describe, expect, it } from 'vitest';
import type { PlanLimit } from '#engine/plan/index.ts';
import { signalsFrom } from '#engine/signals/index.ts';
import { LimitCounters } from '#server/live/limit-counters.ts';

const limit: PlanLimit = { node: 'cap', per: 'caller.team', amount: 2, unit: 'requests', window: 'minute' };
const search = signalsFrom({ 'caller.team': 'search' });
const ads = signalsFrom({ 'caller.team': 'ads' });
const within = [{ node: 'cap', port: 'within', undetermined: false }];
const over = [{ node: 'cap', port: 'over', undetermined: false }];

describe('what limits have used', () => {
  it('counts requests that were let through, each value of the signal apart', () => {
    const counters = new LimitCounters();
    counters.pass('p', [limit], within, search, 1_000);
    counters.pass('p', [limit], over, search, 1_000);
    expect(counters.used('p', [limit], search, 2_000)).toEqual({ cap: 1 });
    expect(counters.used('p', [limit], ads, 2_000)).toEqual({ cap: 0 });
    expect(counters.used('other', [limit], search, 2_000)).toEqual({ cap: 0 });
  });

  it('begins anew with every window', () => {
    const counters = new LimitCounters();
    counters.pass('p', [limit], within, search, 59_999);
    expect(counters.used('p', [limit], search, 60_000)).toEqual({ cap: 0 });
  });

  it('counts tokens and money when they are known, in the window the request came in', () => {
    const counters = new LimitCounters();
    const tokens: PlanLimit = { ...limit, unit: 'tokens' };
    const money: PlanLimit = { ...limit, node: 'cap', unit: 'usd', per: null };
    for (const one of [tokens, money]) {
      const passed = counters.pass('p', [one], within, search, 1_000);
      expect(counters.used('p', [one], search, 1_500)).toEqual({ cap: 0 });
      counters.settle(passed, { tokens: 120, costNanoUsd: 2_500_000_000 });
    }
    expect(counters.used('p', [tokens], search, 2_000)).toEqual({ cap: 120 });
    expect(counters.used('p', [money], ads, 2_000)).toEqual({ cap: 2.5 });
  });

  it('does not count in a later window what came before', () => {
    const counters = new LimitCounters();
    const tokens: PlanLimit = { ...limit, unit: 'tokens' };
    const passed = counters.pass('p', [tokens], within, search, 59_000);
    expect(counters.used('p', [tokens], search, 61_000)).toEqual({ cap: 0 });
    counters.settle(passed, { tokens: 120, costNanoUsd: 0 });
    expect(counters.used('p', [tokens], search, 62_000)).toEqual({ cap: 0 });
  });
});
