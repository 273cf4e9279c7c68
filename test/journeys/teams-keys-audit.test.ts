import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi } from './support/calls.ts';
import { holdToAxe, wcag21 } from './support/hold-to-axe.ts';

const here = anAppAndBrowser();
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  ({ page, errors } = await here.open());
});

const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
const secretShown = async () => (await page.getByTestId('secret').textContent()) ?? '';

async function statusWith(secret: string): Promise<number> {
  const headers = { authorization: `Bearer ${secret}` };
  return (await fetch(`${here.url}/v1/models`, { headers })).status;
}

describe('a team, its key, and the record of both', () => {
  it('makes a team with a budget and a key in one go, and the key works', async () => {
    await page.goto(`${here.url}/teams`);
    await button('New team').click();
    await page.getByLabel('Name', { exact: true }).fill('Search');
    await page.getByLabel('Budget', { exact: true }).fill('250');
    await button('Create team').click();
    const secret = await secretShown();
    expect(secret).toMatch(/^wb-[0-9A-Za-z]{40}$/);
    expect(await statusWith(secret)).toBe(200);
    await button('Done').click();
    await page.getByText('of $250.00 a month').first().waitFor();
    await page.getByRole('cell', { name: /search-first/ }).waitFor();
  });

  it('rotates the key: both secrets work, and a change of its rules says why', async () => {
    await page.getByRole('button', { name: 'search-first' }).click();
    await button('Rotate').click();
    await button('Make a new secret').click();
    const next = await secretShown();
    expect(await statusWith(next)).toBe(200);
    await button('Done').click();
    await page.getByText('is good until').waitFor();
    await page.getByLabel('Requests a minute').fill('60');
    await page.getByLabel('Reason').fill('Ticket 4711');
    await button('Save rules').click();
    await page.getByText('search-first is changed').waitFor();
  });

  it('follows the key to its history, opens an entry, and the chain holds', async () => {
    await page.getByRole('dialog').getByRole('link', { name: 'History' }).click();
    await page.getByText('The chain holds').waitFor();
    await page.getByRole('cell', { name: 'key.rotate' }).waitFor();
    await page.getByRole('cell', { name: 'key.create' }).waitFor();
    await page.getByRole('row', { name: /key\.write/ }).click();
    const diff = page.getByRole('table', { name: 'Before and after' });
    await diff.getByRole('row', { name: /added rpm 60/ }).waitFor();
    await page.getByText('Ticket 4711').last().waitFor();
    expect(await callApi(here.url, 'GET', '/audit/verify')).toMatchObject({ ok: true, broken: null });
    expect(errors).toEqual([]);
  });

  it('adds a provider without a restart; an address of our own network is refused with the reason', async () => {
    await page.goto(`${here.url}/providers`);
    await button('Add provider').click();
    await page
      .getByRole('combobox', { name: 'Provider' })
      .or(page.getByRole('textbox', { name: 'Provider' }))
      .first()
      .click();
    await page.getByRole('option', { name: 'Groq' }).click();
    await page.getByLabel('Key', { exact: true }).fill('gsk_journey_0123456789abcdef');
    await page.getByLabel('Address').fill('http://169.254.169.254/v1');
    await page.getByRole('dialog').getByRole('button', { name: 'Add provider' }).click();
    await page.getByText('WAYBILL_ALLOW_PRIVATE_UPSTREAMS').first().waitFor();
    await page.getByLabel('Address').fill('');
    await page.getByRole('dialog').getByRole('button', { name: 'Add provider' }).click();
    await page.getByText('gsk_…cdef').first().waitFor();
  });

  it.each(['light', 'dark'] as const)('leaves axe nothing to say in the %s scheme', async (scheme) => {
    const opened = await here.open('/teams', { scheme });
    for (const [path, ready] of [
      ['/teams?team=search', 'of $250.00 a month'],
      ['/teams?key=search-first', 'is good until'],
      ['/audit', 'The chain holds'],
      ['/providers', 'config'],
    ] as const) {
      await opened.page.goto(`${here.url}${path}`);
      if (path === '/providers') await opened.page.getByRole('table', { name: 'Providers' }).waitFor();
      else await opened.page.getByText(ready).first().waitFor();
      await holdToAxe(opened.page, `${path} in ${scheme}`, { rules: wcag21 });
    }
  });
});
