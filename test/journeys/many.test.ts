import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { holdBothToAxe } from './support/hold-to-axe.ts';
import { type App, ownUpstreamsOnly, startApp } from './support/start-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-many-'));

/** A company of 40 teams with 400 keys and 60 budgets. */
function start(): Promise<App> {
  const config = {
    teams: Array.from({ length: 40 }, (_, index) => ({ id: `team-${index}` })),
    keys: Array.from({ length: 400 }, (_, index) => ({
      id: `key-${index}`,
      team: `team-${index % 40}`,
      secret: `wb-0123456789-many-${index}`,
    })),
    budgets: Array.from({ length: 60 }, (_, index) => ({
      id: `budget-${index}`,
      scope: index < 40 ? { team: `team-${index}` } : { key: `key-${index}` },
      usd: 100,
      window: index % 2 === 0 ? 'month' : 'week',
    })),
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  const env = { ...ownUpstreamsOnly, WAYBILL_CONFIG: join(folder, 'waybill.json') };
  return startApp({ dataFolder: join(folder, 'data'), env });
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));
const here = anAppAndBrowser(start);

let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  ({ page, errors } = await here.open('/teams'));
});

describe('among many', () => {
  it('a team is found by its name, and its keys are listed', async () => {
    const teams = page.getByRole('navigation', { name: 'Teams' });
    await teams.getByRole('button', { name: /^team-7\b/ }).waitFor();
    await page.getByLabel('Search teams').fill('TEAM-17');
    await expect.poll(() => teams.getByRole('button', { name: /^team-/ }).count()).toBe(1);
    await teams.getByRole('button', { name: /^team-17\b/ }).click();
    await page.getByRole('status').getByText('10 keys', { exact: true }).waitFor();
    await page.getByLabel('Search teams').fill('nobody');
    await teams.getByText('team-17').waitFor();
    await holdBothToAxe(page, 'many teams', { seriousOnly: true });
  });

  it('a budget is found by whose it is and by its window', async () => {
    await page.goto(`${here.url}/budgets`);
    const rows = page.getByRole('table', { name: 'Budgets' }).locator('tbody').getByRole('row');
    await expect.poll(() => rows.count()).toBe(60);
    await page.getByLabel('Search budgets').fill('week key');
    await expect.poll(() => rows.count()).toBe(10);
    await page.getByRole('status').getByText('10 budgets', { exact: true }).waitFor();
    await holdBothToAxe(page, 'many budgets', { seriousOnly: true });
    await page.getByLabel('Search budgets').fill('year');
    await page.getByRole('heading', { name: 'No budget fits' }).waitFor();
  });

  it('connecting shows a few keys and the way to all of them', async () => {
    await page.goto(`${here.url}/connect`);
    const rows = page.getByRole('table', { name: 'Keys' }).locator('tbody').getByRole('row');
    await expect.poll(() => rows.count()).toBe(8);
    await page.getByRole('link', { name: 'All 400 keys, to search and change' }).click();
    await page.getByRole('heading', { name: 'Teams & keys' }).waitFor();
    expect(errors).toEqual([]);
  });
});
