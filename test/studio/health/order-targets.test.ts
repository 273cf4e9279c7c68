import { describe, expect, it } from 'vitest';
import type { TargetHealthShape } from '#server/contract/health.ts';
import { conditionOf, orderTargets } from '../../../studio/health/order-targets.ts';

function aTarget(different: Partial<TargetHealthShape> = {}): TargetHealthShape {
  return {
    target: 'openai/gpt-5-mini',
    state: 'closed',
    waitMs: 0,
    errorRate: 0,
    firstTokenMs: null,
    tokensPerSecond: null,
    lastCallAt: '2026-11-22T00:00:00.000Z',
    lastError: null,
    ...different,
  };
}

describe('targets by their health', () => {
  it('stand with what needs a look first: left alone, to be tried again, failing, then by name', () => {
    const targets = [
      aTarget({ target: 'b/fine' }),
      aTarget({ target: 'a/fine' }),
      aTarget({ target: 'c/failing', errorRate: 0.3 }),
      aTarget({ target: 'd/probing', state: 'half_open' }),
      aTarget({ target: 'e/open', state: 'open', errorRate: 0.9 }),
    ];
    expect(orderTargets(targets).map(({ target }) => target)).toEqual([
      'e/open',
      'd/probing',
      'c/failing',
      'a/fine',
      'b/fine',
    ]);
  });

  it('are troubled when left alone, when to be tried again, and from one failure in twenty on', () => {
    expect(conditionOf(aTarget({ state: 'open' }))).toMatchObject({ word: 'left alone', isTroubled: true });
    expect(conditionOf(aTarget({ state: 'half_open' }))).toMatchObject({ isTroubled: true });
    expect(conditionOf(aTarget({ errorRate: 0.05 }))).toMatchObject({ isTroubled: true });
    expect(conditionOf(aTarget({ errorRate: 0.049 }))).toMatchObject({ word: 'healthy', isTroubled: false });
  });
});
