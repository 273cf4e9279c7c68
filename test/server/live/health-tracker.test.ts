import { describe, expect, it } from 'vitest';
import { type CallReport, HealthTracker } from '#engine/plan/live/health-tracker.ts';

const served: CallReport = { outcome: 'served', firstTokenMs: 400, outputTokens: 100, writingMs: 2_000 };
const failed: CallReport = { outcome: 'server_error', firstTokenMs: null, outputTokens: 0, writingMs: 0 };

function aTracker() {
  let now = 1_000_000;
  const tracker = new HealthTracker(
    () => now,
    () => ['openai'],
  );
  return { tracker, wait: (ms: number) => (now += ms) };
}

describe('health of targets', () => {
  it('is unknown before the first call', () => {
    const { tracker } = aTracker();
    expect(tracker.ask('openai/a').permit).toBe('yes');
    expect(tracker.snapshot()).toEqual({
      providers: ['openai'],
      open: [],
      errorRate: {},
      firstTokenMs: {},
      tokensPerSecond: {},
    });
  });

  it('is an average in which the latest call weighs most', () => {
    const { tracker } = aTracker();
    tracker.report('openai/a', served);
    tracker.report('openai/a', { ...served, firstTokenMs: 900 });
    const { firstTokenMs, tokensPerSecond } = tracker.snapshot();
    expect(firstTokenMs).toEqual({ 'openai/a': 500 });
    expect(tokensPerSecond).toEqual({ 'openai/a': 50 });
  });

  it('opens the breaker in an outage, says so at once, and refuses further calls', () => {
    const { tracker } = aTracker();
    expect(tracker.snapshot().open).toEqual([]);
    for (let n = 0; n < 5; n += 1) tracker.report('openai/a', failed);
    expect(tracker.snapshot().open).toEqual(['openai/a']);
    expect(tracker.ask('openai/a')).toMatchObject({ permit: 'no', waitMs: 5_000 });
    expect(tracker.ask('openai/b').permit).toBe('yes');
  });

  it('forgives with time', () => {
    const { tracker, wait } = aTracker();
    for (let n = 0; n < 4; n += 1) tracker.report('openai/a', failed);
    const before = tracker.snapshot().errorRate['openai/a'] ?? 0;
    wait(60_000);
    const after = tracker.snapshot().errorRate['openai/a'] ?? 1;
    expect(before).toBeCloseTo(0.8, 2);
    expect(after).toBeCloseTo(2 / 3, 2);
    wait(31 * 60_000);
    expect(tracker.snapshot().errorRate).toEqual({});
  });

  it('does not blame a target for what a request did wrong', () => {
    const { tracker } = aTracker();
    for (let n = 0; n < 20; n += 1) tracker.report('openai/a', { ...failed, outcome: 'invalid_request' });
    tracker.report('openai/a', { ...failed, outcome: 'abandoned' });
    expect(tracker.snapshot()).toMatchObject({ open: [], errorRate: { 'openai/a': 0 } });
  });

  it('opens no sooner for a 503 that says how long it takes, and then stays open for that long', () => {
    const { tracker } = aTracker();
    const down = { ...failed, retryAfterMs: 20_000 };
    for (let n = 0; n < 4; n += 1) tracker.report('openai/a', down);
    expect(tracker.ask('openai/a').permit).toBe('yes');
    tracker.report('openai/a', down);
    expect(tracker.ask('openai/a')).toMatchObject({ permit: 'no', waitMs: 20_000 });
  });

  it('leaves a target alone for as long as its 429 says', () => {
    const { tracker } = aTracker();
    tracker.report('openai/a', { ...failed, outcome: 'rate_limit', retryAfterMs: 30_000 });
    expect(tracker.ask('openai/a')).toMatchObject({ permit: 'no', waitMs: 30_000 });
  });

  it('is one object as long as nothing changes', () => {
    const { tracker, wait } = aTracker();
    tracker.report('openai/a', served);
    const first = tracker.snapshot();
    wait(1_000);
    expect(tracker.snapshot()).toBe(first);
  });
});
