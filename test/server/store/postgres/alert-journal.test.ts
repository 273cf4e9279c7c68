import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { nanoUsd } from '#engine/catalogue/index.ts';
import type { StoredAlert } from '#server/contract/alert-shape.ts';
import { makeAlerts } from '#server/governance/alerts/make-alerts.ts';
import { openPostgresAlertJournal } from '#server/store/postgres/open-alert-journal.ts';
import { openPool } from '#server/store/postgres/open-pool.ts';
import { aConfigStore } from '../../support/fakes.ts';
import { silent } from '../builders.ts';
import { type RunningPostgres, startPostgres } from './a-postgres.ts';

let postgres: RunningPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.close());

const rule: StoredAlert = {
  id: 'watch',
  name: 'Watch',
  trigger: { kind: 'budget', budget: '*', at: [0.8], forecast: false },
  url: null,
  enabled: true,
  nonce: 'n',
  revision: 1,
  updatedAt: '',
  updatedBy: '',
};
const budget = {
  id: 'search',
  scope: { kind: 'team', id: 'search' },
  limit: nanoUsd(10_000_000_000),
  window: 'month',
  kind: 'calendar',
  zone: 'UTC',
  enforcement: 'soft',
  whenStoreDown: 'refuse',
} as const;
const stand = { budget, team: 'search', spent: 9_000_000_000, from: 1, until: 2, expected: null };

async function aGateway(url: string) {
  const pool = await openPool(url, silent);
  const alerts = makeAlerts({
    store: aConfigStore({ alerts: [rule] }),
    journal: await openPostgresAlertJournal(pool),
    watch: { budgets: async () => [stand], anomalies: async () => [] },
    clock: () => Date.UTC(2026, 10, 22),
    logger: silent,
    allowPrivate: true,
    scheduled: false,
  });
  onTestFinished(() => alerts.close().finally(() => pool.end()));
  return alerts;
}

it('tells once what three gateways see at the same time, and each of them shows it', async () => {
  const url = await postgres.database('alerts');
  const gateways = [await aGateway(url), await aGateway(url), await aGateway(url)];
  for (let turn = 0; turn < 3; turn += 1) await Promise.all(gateways.map((one) => one.check()));
  await gateways[1]?.test(rule);
  for (const one of gateways) await one.check();
  for (const one of gateways)
    expect(one.deliveries().map(({ event, status }) => [event, status])).toEqual([
      ['test', 'listed'],
      ['budget.threshold', 'listed'],
    ]);
});
