import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSignedBy } from '#server/governance/alerts/sign.ts';
import { completionOf, startVendor, type Vendor } from './support/a-vendor.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi } from './support/calls.ts';
import { holdToAxe } from './support/hold-to-axe.ts';
import { type App, ownUpstreamsOnly, startApp } from './support/start-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-dollar-'));
const posts: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
const vendors: Vendor[] = [];

const policy = {
  format: 1,
  id: 'thrifty',
  name: 'Thrifty',
  entry: 'left',
  nodes: {
    left: {
      kind: 'condition',
      cases: [{ id: 'little', when: 'budget.used >= 0.8', to: 'free' }],
      else: 'dear',
    },
    dear: { kind: 'model', target: 'vendor/dear' },
    free: { kind: 'model', target: 'vendor/free' },
  },
};

/** Asks as the team, with OpenAI's own client; answers the status and the target that answered. */
async function ask(secret: string, model: string): Promise<string> {
  const client = new OpenAI({ baseURL: `${here.url}/v1`, apiKey: secret, maxRetries: 0 });
  try {
    const { response } = await client.chat.completions
      .create({ model, max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] })
      .withResponse();
    return `${response.status} ${response.headers.get('x-waybill-target')}`;
  } catch (error) {
    if (error instanceof OpenAI.APIError) return `${error.status} ${error.code}`;
    throw error;
  }
}

let receiver = '';

async function start(): Promise<App> {
  // Every answer of the dear model costs a cent: 100 tokens at $100 a million.
  const upstream = await startVendor(() => ({ body: completionOf(10, 100) }));
  const hook = await startVendor(({ body, headers }) => {
    posts.push({ body, headers });
    return { body: {} };
  });
  vendors.push(upstream, hook);
  receiver = `${hook.url}/hook`;
  const price = (output: string) => ({ context: 100_000, price_usd_per_million: { input: '0', output } });
  const config = {
    providers: [
      {
        id: 'vendor',
        kind: 'openai-compatible',
        base_url: `${upstream.url}/v1`,
        api_key: 'sk-0123456789',
        models: [
          { id: 'dear', ...price('100') },
          { id: 'free', ...price('0') },
        ],
      },
    ],
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  const env = { ...ownUpstreamsOnly, WAYBILL_CONFIG: join(folder, 'waybill.json') };
  return startApp({ dataFolder: join(folder, 'data'), env });
}

// Hooks that end things run in the order of a stack: these go last.
afterAll(async () => {
  await Promise.all(vendors.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});
const here = anAppAndBrowser(start);
beforeAll(async () => {
  await callApi(here.url, 'POST', '/policies', { name: 'Thrifty', policy });
  const { revision } = await callApi(here.url, 'GET', '/policies/thrifty');
  const note = 'Free model from 80 % on';
  await callApi(here.url, 'POST', '/policies/thrifty/publish', { revision, note });
  await callApi(here.url, 'PUT', '/deployments/auto', { policy: 'thrifty' });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

function budgetRow(page: Page, id: string, text: string) {
  const rows = page.getByRole('table', { name: 'Budgets' }).getByRole('row');
  return rows.filter({ hasText: id }).filter({ hasText: text });
}

describe('the money of a team', () => {
  let secret = '';
  let signingSecret = '';

  it('is capped by a hard budget made with the team and its key, beside a soft one for everybody and an alert', async () => {
    const { page, errors } = await here.open('/teams');
    await button(page, 'New team').click();
    await page.getByLabel('Name', { exact: true }).fill('Search');
    await page.getByLabel('Budget', { exact: true }).fill('0.1');
    await button(page, 'Create team').click();
    secret = (await page.getByTestId('secret').textContent()) ?? '';
    await button(page, 'Done').click();
    await page.getByRole('link', { name: 'search-month' }).click();
    await page.getByText('then requests are refused').waitFor();
    await page.goto(`${here.url}/budgets`);
    await button(page, 'New budget').click();
    await page.getByLabel('Name').fill('house');
    await page.getByLabel('US dollars').fill('0.1');
    await page.getByRole('combobox', { name: 'Whose spend' }).click();
    await page.getByRole('option', { name: 'Everybody' }).click();
    await page.getByRole('switch', { name: 'Refuse requests when it is used up' }).click({ force: true });
    await button(page, 'Make budget').click();
    await budgetRow(page, 'house', 'tells only').waitFor();
    await budgetRow(page, 'search-month', 'refuses').waitFor();
    await button(page, 'New alert').click();
    await page.getByLabel('Name').fill('Finance channel');
    await page.getByLabel('Address to post to').fill(receiver);
    await button(page, 'Make alert').click();
    signingSecret = (await page.getByText(/^whsec_/).textContent()) ?? '';
    await button(page, 'Done').click();
    await button(page, 'Test Finance channel').click();
    await page.getByRole('table', { name: 'Deliveries of alerts' }).getByText('arrived').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is spent to 80 %, where the policy changes to the free model, and to 100 %, where the dear one is refused', async () => {
    for (let count = 0; count < 8; count += 1) expect(await ask(secret, 'auto')).toBe('200 vendor/dear');
    expect(await ask(secret, 'auto')).toBe('200 vendor/free');
    for (let count = 0; count < 2; count += 1)
      expect(await ask(secret, 'vendor/dear')).toBe('200 vendor/dear');
    expect(await ask(secret, 'vendor/dear')).toMatch(/^429/);
    expect(await ask(secret, 'auto')).toBe('200 vendor/free');
    await expect.poll(() => posts.length, { timeout: 120_000 }).toBe(5);
    const told = posts.map(({ headers, body }) => {
      expect(isSignedBy(body, String(headers['x-waybill-signature']), signingSecret, Date.now())).toBe(true);
      const { event, threshold, budget } = JSON.parse(body);
      return [event, threshold, budget];
    });
    expect(told[0]?.[0]).toBe('test');
    expect(told.slice(1).toSorted()).toEqual([
      ['budget.threshold', 0.8, 'house'],
      ['budget.threshold', 0.8, 'search-month'],
      ['budget.threshold', 1, 'house'],
      ['budget.threshold', 1, 'search-month'],
    ]);
  });

  it('stands on the budgets page, used up, with what was told to whom', async () => {
    const { page, errors } = await here.open('/budgets');
    for (const id of ['house', 'search-month']) {
      await budgetRow(page, id, '100 %').filter({ hasText: '$0.10' }).waitFor();
    }
    const deliveries = page.getByRole('table', { name: 'Deliveries of alerts' });
    await expect.poll(() => deliveries.getByRole('row').filter({ hasText: 'arrived' }).count()).toBe(5);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is followed from a bar of the chart to one request, the version that decided, and the person who published it', async () => {
    const { page, errors } = await here.open('/teams?team=search');
    await page
      .getByRole('navigation', { name: 'More about search' })
      .getByRole('link', { name: 'Spend' })
      .click();
    const teams = page.getByRole('table', { name: 'Spend by team' });
    await teams.getByRole('row').filter({ hasText: 'search' }).getByText('$0.10').first().waitFor();
    const byDay = page.getByRole('figure', { name: /^By day/ });
    await byDay.locator('.recharts-bar-rectangle path').last().click();
    const requests = page.getByRole('table', { name: 'Requests' });
    await requests.getByRole('row').filter({ hasText: 'vendor/dear' }).last().click();
    await page.getByText('Decided by thrifty, version 1, published by local').waitFor();
    await page.getByRole('link', { name: 'thrifty, version 1' }).click();
    const notice = page.getByRole('status').filter({ hasText: 'Version 1' });
    await notice.getByText('Free model from 80 % on').waitFor();
    await notice.getByRole('link', { name: 'local' }).click();
    await page.getByRole('row', { name: /policy\.publish/ }).click();
    const entry = page.getByRole('dialog');
    await entry.getByRole('row', { name: /added note Free model from 80 % on/ }).waitFor();
    await entry.getByRole('row', { name: /added version 1/ }).waitFor();
    expect(await entry.getByText(/^Who$/).locator('xpath=following-sibling::dd[1]').textContent()).toContain(
      'local',
    );
    await entry.getByRole('link', { name: 'Open' }).click();
    await page.waitForURL('**/policies/thrifty/versions/1');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('is shown so that everybody can read it, in %s', async (scheme) => {
    const { page } = await here.open('/spend', { scheme });
    await page.getByRole('table', { name: 'Spend by team' }).getByText('search').waitFor();
    await page.locator('.recharts-surface').first().waitFor();
    await holdToAxe(page, 'spend as charts');
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('table', { name: 'By day' }).waitFor();
    await holdToAxe(page, 'spend as tables');
    await page.goto(`${here.url}/budgets/search-month`);
    await page.getByText('Spent so far, adding up').waitFor();
    await holdToAxe(page, 'a budget');
    await page.context().close();
  });
});
