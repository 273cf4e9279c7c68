import { describe, expect, it } from 'vitest';
import type { LoggedAttempt } from '../../../studio/client/record-row.ts';
import { layOutAttempts } from '../../../studio/traffic/waterfall.ts';

function anAttempt(different: Partial<LoggedAttempt>): LoggedAttempt {
  return { target: 'openai/gpt-5', outcome: 'served', start_ms: 0, latency_ms: 100, ...different };
}

describe('the waterfall of a request', () => {
  it('places calls where they began, with the wait for the first token', () => {
    const layout = layOutAttempts(
      [
        anAttempt({ target: 'azure-eu/gpt-5', outcome: 'timeout', start_ms: 40, latency_ms: 500 }),
        anAttempt({ start_ms: 545, latency_ms: 1_000, first_token_ms: 200 }),
      ],
      1_560,
    );
    expect(layout).toMatchObject({ beforeMs: 40, totalMs: 1_560, isGuessed: false });
    expect(layout?.bars).toMatchObject([
      { provider: 'azure-eu', startMs: 40, endMs: 540, firstTokenMs: null, isMade: true },
      { provider: 'openai', startMs: 545, endMs: 1_545, firstTokenMs: 745, isMade: true },
    ]);
  });

  it('keeps a call that was not made in its place, without a length', () => {
    const layout = layOutAttempts(
      [anAttempt({ start_ms: 10 }), anAttempt({ outcome: 'unavailable', start_ms: null, latency_ms: 0 })],
      120,
    );
    expect(layout?.bars[1]).toMatchObject({ isMade: false, startMs: 110, endMs: 110 });
  });

  it('lays calls end to end where a record of before does not say when they began', () => {
    const old: LoggedAttempt = { target: 'openai/gpt-5', outcome: 'served', latency_ms: 300 };
    const layout = layOutAttempts([{ ...old, outcome: 'timeout', latency_ms: 600 }, old], 1_000);
    expect(layout).toMatchObject({ isGuessed: true, beforeMs: null });
    expect(layout?.bars.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [100, 700],
      [700, 1_000],
    ]);
  });

  it('is none where nobody was called', () => {
    expect(layOutAttempts([], 3)).toBeNull();
  });
});
