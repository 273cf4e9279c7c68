import { describe, expect, it } from 'vitest';
import type { StoredAlert } from '#server/contract/alert-shape.ts';
import type { Anomaly } from '#server/governance/billing/anomalies.ts';

import { aBudget, aRule, aStand, someAlerts } from './some-alerts.ts';

describe('an alert on a budget', () => {
  it('fires once a window at each share, and again in the next window', async () => {
    const told = { budget: aStand({ spent: 7_900_000_000 }) };
    const alerts = someAlerts([aRule()], told);
    const texts = async () => {
      await alerts.check();
      return alerts.deliveries().map(({ text }) => text);
    };
    expect(await texts()).toEqual([]);
    told.budget = aStand({ spent: 8_000_000_000 });
    expect(await texts()).toEqual([
      'Budget "search" (team search) has reached 80 %: $8.00 of $10.00 this month.',
    ]);
    expect(await texts()).toHaveLength(1);
    told.budget = aStand({ spent: 10_000_000_001 });
    expect((await texts())[0]).toBe(
      'Budget "search" (team search) has reached 100 %: $10.00 of $10.00 this month. It is a soft budget: requests go on.',
    );
    expect(await texts()).toHaveLength(2);
    told.budget = aStand({ spent: 9_000_000_000, from: 2 });
    expect(await texts()).toHaveLength(3);
  });

  it('fires again on a rolling window after spend was five points below the share', async () => {
    const rolling = (spent: number) => aStand({ budget: aBudget({ kind: 'rolling' }), spent });
    const told = { budget: rolling(8_100_000_000) };
    const alerts = someAlerts([aRule()], told);
    const counts: number[] = [];
    for (const spent of [8_100_000_000, 7_800_000_000, 8_100_000_000, 7_400_000_000, 8_100_000_000]) {
      told.budget = rolling(spent);
      await alerts.check();
      counts.push(alerts.deliveries().length);
    }
    expect(counts).toEqual([1, 1, 1, 1, 2]);
  });

  it('fires once when the forecast is over the limit, and not for other budgets or rules that are off', async () => {
    const told = { budget: aStand({ spent: 5_000_000_000, expected: 12_500_000_000 }) };
    const other: StoredAlert['trigger'] = { kind: 'budget', budget: 'ops', at: [0.1], forecast: true };
    const rules = [aRule(), aRule({ id: 'ops', trigger: other }), aRule({ id: 'off', enabled: false })];
    const alerts = someAlerts(rules, told);
    await alerts.check();
    await alerts.check();
    expect(alerts.deliveries().map(({ event, text }) => [event, text])).toEqual([
      [
        'budget.forecast',
        'Budget "search" (team search) will probably end over its limit: $12.50 expected of $10.00, $5.00 spent so far.',
      ],
    ]);
  });
});

describe('an alert on unusual spend', () => {
  it('fires once a day', async () => {
    const anomaly: Anomaly = {
      day: '2026-11-21',
      nanoUsd: 9e9,
      usual: 2e9,
      score: 7.12,
      comparedWith: 'weekday',
    };
    const alerts = someAlerts([aRule({ trigger: { kind: 'anomaly', team: 'search' } })], {
      anomalies: [anomaly],
    });
    await alerts.check();
    await alerts.check();
    expect(alerts.deliveries()).toMatchObject([
      {
        event: 'spend.anomaly',
        team: 'search',
        text: 'Spend of team search on 2026-11-21 is unusually high: $9.00 where $2.00 is usual.',
      },
    ]);
  });
});
