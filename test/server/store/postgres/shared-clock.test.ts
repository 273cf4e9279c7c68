import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openPool } from '#server/store/postgres/open-pool.ts';
import { openSharedClock } from '#server/store/postgres/open-shared-clock.ts';
import { silent } from '../builders.ts';
import { type RunningPostgres, startPostgres } from './a-postgres.ts';

let postgres: RunningPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.close());

const hour = 3_600_000;

it('gives every gateway PostgreSQL’s time, whatever its own clock says and whoever sets it', async () => {
  const pool = await openPool(await postgres.database('clock'), silent);
  onTestFinished(() => pool.end());
  let [wrong, lost] = [hour, 0];
  const warned: object[] = [];
  const clock = await openSharedClock({
    pool,
    logger: { warn: (about: object) => void warned.push(about) } as never,
    clocks: { wall: () => Date.now() + wrong, steady: () => performance.now() - lost },
  });
  onTestFinished(() => clock.close());
  // PostgreSQL runs on this machine; a busy one may take its time.
  const offBy = () => Math.abs(clock.now() - Date.now());
  expect(offBy()).toBeLessThan(10_000);
  expect(Math.abs(clock.aheadMs() - hour)).toBeLessThan(10_000);
  expect(warned).toHaveLength(1);
  wrong = -5 * hour;
  expect(offBy()).toBeLessThan(10_000);
  // A machine that slept: its steady clock stood still. The next look sets it right.
  lost = hour;
  expect(offBy()).toBeGreaterThan(hour / 2);
  await clock.look();
  expect(offBy()).toBeLessThan(10_000);
  expect(warned).toHaveLength(1);
  wrong = 0;
  await clock.look();
  expect(Math.abs(clock.aheadMs())).toBeLessThan(10_000);
});
