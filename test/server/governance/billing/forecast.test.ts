import { describe, expect, it } from 'vitest';
import { findAnomalies } from '#server/governance/billing/anomalies.ts';
import { type DaySpend, forecastDays } from '#server/governance/billing/forecast.ts';
import { topMovers } from '#server/governance/billing/movers.ts';
import { seededDraws } from '../../../bench/print-table.ts';

/** Days from Monday, 5 October 2026 on. */
function someDays(count: number, cost: (index: number) => number): readonly DaySpend[] {
  return Array.from({ length: count }, (_, index) => ({
    day: new Date(Date.UTC(2026, 9, 5 + index)).toISOString().slice(0, 10),
    nanoUsd: Math.round(cost(index)),
  }));
}
const namesOf = (days: readonly DaySpend[]) => days.map(({ day }) => day);

describe('a forecast', () => {
  it('is not made of fewer than three days', () => {
    expect(
      forecastDays(
        someDays(2, () => 100),
        ['2026-10-07'],
      ),
    ).toBeNull();
  });

  it('carries steady days on, without doubt', () => {
    const days = someDays(34, () => 100);
    expect(forecastDays(days.slice(0, 30), namesOf(days.slice(30)))).toMatchObject({
      expected: 400,
      low: 400,
      high: 400,
    });
  });

  it('knows weekends from two weeks on', () => {
    const weekly = someDays(63, (index) => (index % 7 < 5 ? 1_000 : 100));
    const told = forecastDays(weekly.slice(0, 56), namesOf(weekly.slice(56)));
    const byDay = told?.byDay.map(({ nanoUsd }) => nanoUsd) ?? [];
    expect(Math.max(...byDay.slice(5))).toBeLessThan(0.4 * Math.min(...byDay.slice(0, 5)));
  });

  it('is wide with few days and narrow with many', () => {
    const days = someDays(60, (index) => (index % 2 === 0 ? 800 : 1_200));
    const width = (from: number) => {
      const told = forecastDays(days.slice(from, 50), namesOf(days.slice(50, 57)));
      return told === null ? 0 : told.high - told.low;
    };
    expect(width(46)).toBeGreaterThan(1.5 * width(0));
  });

  it('holds the truth in about 8 of 10 months', () => {
    const draw = seededDraws(11);
    let held = 0;
    const months = 300;
    for (let month = 0; month < months; month += 1) {
      const days = someDays(42, (index) => (index % 7 < 5 ? 1_000 : 300) * (0.6 + 0.8 * draw()));
      const ahead = days.slice(28);
      const truth = ahead.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0);
      const told = forecastDays(days.slice(0, 28), namesOf(ahead));
      if (told !== null && told.low <= truth && truth <= told.high) held += 1;
    }
    expect(held / months).toBeGreaterThan(0.72);
    expect(held / months).toBeLessThan(0.97);
  });
});

describe('unusual days', () => {
  it('are those far from the same weekdays before, with what is usual', () => {
    const days = someDays(42, (index) =>
      index === 40 ? 900 : index % 7 < 5 ? 1_000 + (index % 3) : 100 + (index % 3),
    );
    // The 40th is a Saturday: 900 is little for a weekday and much for it.
    const found = findAnomalies(days);
    expect(found.map(({ day }) => day)).toEqual([days[40]?.day]);
    expect(found[0]).toMatchObject({ comparedWith: 'weekday', nanoUsd: 900 });
    expect(found[0]?.usual).toBeLessThan(110);
  });

  it('score as Iglewicz and Hoaglin’s modified z: 0.6745 (x − median) / MAD', () => {
    // A Monday after working days of 1…5: median 3, MAD 1; 20 scores 0.6745 · 17 / 1 = 11.4665.
    const [found] = findAnomalies([...someDays(7, (index) => index + 1), ...someDays(8, () => 20).slice(7)]);
    expect(found?.score).toBeCloseTo(11.4665, 4);
  });

  it('are not told of with fewer than seven days before, nor for small changes of steady days', () => {
    expect(findAnomalies(someDays(7, (index) => (index === 6 ? 9_000 : 10)))).toEqual([]);
    expect(findAnomalies(someDays(30, (index) => (index === 29 ? 110 : 100)))).toEqual([]);
    expect(findAnomalies(someDays(30, (index) => (index === 29 ? 130 : 100)))).toHaveLength(1);
  });
});

describe('top movers', () => {
  it('are the largest changes up or down, also of what came or went', () => {
    const before = [
      { value: 'a', nanoUsd: 10 },
      { value: 'b', nanoUsd: 5 },
      { value: 'same', nanoUsd: 3 },
    ];
    const after = [
      { value: 'b', nanoUsd: 1 },
      { value: 'new', nanoUsd: 7 },
      { value: 'same', nanoUsd: 3 },
    ];
    expect(topMovers(before, after, 5)).toEqual([
      { value: 'a', before: 10, after: 0 },
      { value: 'new', before: 0, after: 7 },
      { value: 'b', before: 5, after: 1 },
    ]);
  });
});
