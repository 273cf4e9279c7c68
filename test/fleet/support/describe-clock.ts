import { describe, expect, it } from 'vitest';
import { api, ask, metric, until } from './calls.ts';
import { numbered, publish } from './publishing.ts';
import { body, free, here, rated, readiness, tight, urlOf } from './publishing-fleet.ts';

const hourMs = 3_600_000;

export function describeClock(): void {
  describe('a gateway whose clock is an hour ahead', () => {
    it('goes by PostgreSQL’s: leases, limits, windows, schedules and records are as everywhere', async () => {
      const skewed = await here().fleet.join({ clockAheadMs: hourMs });
      const told = await readiness(skewed.url);
      expect(told.ready).toBe(true);
      expect(told.told).toMatch(/clock is 3\d\d\d s ahead of PostgreSQL/);
      expect(await metric(skewed.url, /^waybill_clock_ahead_seconds (\S+)$/m)).toBeGreaterThan(3_000);

      // A lease of a request that runs elsewhere is not taken for one that nobody gave back.
      const running = ask(urlOf(0), tight, { model: 'local/slow', max_tokens: 100 });
      await until(
        () => budget(urlOf(0)),
        ({ reservedNanoUsd }) => reservedNanoUsd > 0,
      );
      expect((await ask(skewed.url, tight, { model: 'local/cheap', max_tokens: 100 })).status).toBe(429);
      here().models.letGo();
      expect((await running).status).toBe(200);
      const [mine, its] = [await budget(urlOf(0)), await budget(skewed.url)];
      expect([its.from, its.until]).toEqual([mine.from, mine.until]);

      // A minute's requests are counted in the same minute.
      for (let turn = 0; turn < 3; turn += 1) expect((await ask(urlOf(1), rated, body)).status).toBe(200);
      expect((await ask(skewed.url, rated, body)).status).toBe(429);

      // What is due in half an hour waits, and a record says when its request came.
      const due = new Date(Date.now() + hourMs / 2).toISOString();
      await publish(skewed.url, 'later', numbered('local/cheap', 1), { due });
      const asked = Date.now();
      expect((await ask(skewed.url, free, { ...body, user: 'skewed' })).status).toBe(200);
      const { records } = await until(
        () => api(skewed.url, 'GET', '/records?limit=5&user=skewed'),
        ({ records: found }) => found.length > 0,
      );
      expect(Math.abs(records[0]['time.at'] - asked)).toBeLessThan(hourMs / 4);
      expect((await api(urlOf(0), 'GET', '/policies/later')).versions).toEqual([]);
    }, 180_000);
  });
}

const budget = async (url: string) => {
  const { budgets } = await api(url, 'GET', '/budgets');
  return budgets.find(({ id }: { id: string }) => id === 'team:tight');
};
