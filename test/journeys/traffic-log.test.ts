import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { askGateway, callApi } from './support/calls.ts';
import { holdBothToAxe } from './support/hold-to-axe.ts';
import { boxOf } from './support/on-canvas.ts';

const here = anAppAndBrowser();

/** One request through the gateway, by its id. */
async function ask(text: string): Promise<string> {
  const { status, headers } = await askGateway(here.app, text);
  expect(status).toBe(200);
  return headers.get('x-waybill-request-id') ?? '';
}

/** Id of the newest request that is so: what the sample's last hours hold depends on the hour. */
async function newestThat(isSo: (record: Record<string, string>) => boolean | undefined): Promise<string> {
  let cursor = '';
  do {
    const { records, next } = await callApi(
      here.url,
      'GET',
      `/records?limit=500&columns=id,outcome.attempts${cursor}`,
    );
    const found = records.find(isSo);
    if (found !== undefined) return found.id;
    cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
  } while (cursor !== '');
  throw new Error('No request of the sample is so.');
}

const table = (page: Page) => page.getByRole('table', { name: 'Requests' });
const rows = (page: Page) => table(page).locator('[data-row]');

/** `$0.001234567` → whole nano-dollars. */
function nanoOf(money: string): bigint {
  const [whole = '0', decimals = ''] = money.replace(/[$,]/g, '').split('.');
  return BigInt(`${whole}${decimals.padEnd(9, '0')}`);
}

describe('a reader of the log', () => {
  it('finds requests by anything, at an address that finds them again', async () => {
    const { page, errors } = await here.open('/traffic?team=search');
    await rows(page).nth(5).waitFor();
    const teams = await rows(page).locator('[data-column="team"]').allTextContents();
    expect(new Set(teams)).toEqual(new Set(['search']));
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Filter' });
    await form.getByRole('combobox', { name: 'Field' }).click();
    await form.getByRole('option', { name: 'Cost at least' }).click();
    await form.getByLabel('US dollars').fill('plenty');
    await form.getByRole('button', { name: 'Apply' }).click();
    await form.getByText('Dollars, such as 0.05.').waitFor();
    await form.getByLabel('US dollars').fill('0.001');
    await form.getByRole('button', { name: 'Apply' }).click();
    await form.waitFor({ state: 'hidden' });
    const chip = page.getByRole('button', { name: /Remove the filter Cost at least: \$0\.001/ });
    await chip.waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?team=search&minCost=1000000');
    await page.reload();
    await chip.waitFor();
    await rows(page).first().waitFor();
    const costs = await rows(page).locator('[data-column="cost"]').allTextContents();
    expect(costs.every((cost) => nanoOf(cost) >= 990_000n)).toBe(true);
    await holdBothToAxe(page, 'the log');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByLabel('Search requests').fill('no such thing');
    await page.getByText('None fits these filters.').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('walks it by keyboard, keeps the place while requests come, and holds them back when asked to', async () => {
    const { page, errors } = await here.open('/traffic');
    await rows(page).nth(5).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    await rows(page).first().focus();
    await page.keyboard.press('ArrowDown');
    const second = rows(page).nth(1);
    await expect.poll(() => second.evaluate((row) => row === document.activeElement)).toBe(true);
    const id = await second.getAttribute('data-row');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Replays to the recorded decision').waitFor();
    expect(new URL(page.url()).searchParams.get('request')).toBe(id);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });

    await page.locator('[data-log-scroller]').evaluate((log) => log.scrollTo({ top: 3_600 }));
    const read = page.locator('[data-row][aria-rowindex="106"]');
    await read.waitFor();
    const reading = page.locator(`[data-row="${await read.getAttribute('data-row')}"]`);
    const before = await boxOf(reading);
    await ask('Keeps the place');
    await expect.poll(() => reading.getAttribute('aria-rowindex')).toBe('107');
    expect((await boxOf(reading)).y).toBeCloseTo(before.y, 0);

    await page.getByRole('button', { name: 'Pause' }).click();
    const [first, next] = [await ask('Waits'), await ask('Waits as well')];
    const resume = page.getByRole('button', { name: 'Resume, 2 new' });
    await resume.waitFor();
    await resume.click();
    await page.locator('[data-log-scroller]').evaluate((log) => log.scrollTo({ top: 0 }));
    await page.locator(`[data-row="${next}"][aria-rowindex="2"]`).waitFor();
    await page.locator(`[data-row="${first}"][aria-rowindex="3"]`).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('sees in a request its way, its calls, and a cost whose lines add up; and decides it anew', async () => {
    const twice = await newestThat((record) =>
      record['outcome.attempts']?.startsWith('[{"target":"anthropic/claude-opus-5","outcome":"timeout"'),
    );
    const { page, errors } = await here.open(`/traffic?request=${twice}`);
    await page.getByRole('dialog').getByRole('link', { name: 'Open its page' }).click();
    await page.getByRole('heading', { name: 'Request', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/traffic/${twice}`);
    await page.getByText('Replays to the recorded decision').waitFor();
    const drawing = page.getByRole('region', { name: 'The path on the version that decided' });
    await drawing.locator('[data-id="strong"] [data-tone="taken"]').waitFor();
    await drawing.locator('[data-id="mini"] [data-tone="dimmed"]').waitFor();
    await page.getByRole('button', { name: 'Show task in the drawing' }).click();
    await drawing.locator('[data-id="task"]:focus').waitFor();

    const calls = page.getByRole('table', { name: 'Attempts' }).getByRole('row');
    await calls.filter({ hasText: 'timeout' }).filter({ hasText: 'no answer' }).waitFor();
    await calls.filter({ hasText: 'served' }).filter({ hasText: 'HTTP 200' }).waitFor();
    await page.getByText('the total is the recorded one').waitFor();
    const cost = page.getByRole('table', { name: 'Cost, line by line' });
    const lines = await cost.locator('tbody tr td:last-child').allTextContents();
    const total = await cost.locator('tfoot td').textContent();
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.reduce((sum, line) => sum + nanoOf(line), 0n)).toBe(nanoOf(total ?? ''));

    const { policy, revision } = await callApi(here.url, 'GET', '/policies/support');
    const strong = { ...policy.nodes.strong, try: [...policy.nodes.strong.try].reverse() };
    const changed = { ...policy, nodes: { ...policy.nodes, strong } };
    await callApi(here.url, 'PUT', '/policies/support', { policy: changed, revision });
    await page.getByRole('combobox', { name: 'Replay under' }).click();
    await page.getByRole('option', { name: 'support, draft' }).click();
    await page.getByText('It would have gone another way.').waitFor();
    const beside = page.getByRole('table', { name: 'Recorded and replayed' });
    await beside
      .getByRole('row', { name: /Would try anthropic\/claude-opus-5, then openai/ })
      .getByText('openai/gpt-5.5, then anthropic/claude-opus-5')
      .waitFor();
    await beside.getByRole('row', { name: /^Cost \$/ }).waitFor();

    await holdBothToAxe(page, 'a request');
    await page.getByRole('button', { name: 'Keep as a case…' }).click();
    await page.getByLabel('Name').fill('Fell back to GPT');
    await page.getByRole('button', { name: 'Keep the case' }).click();
    await page.getByText('Kept as a case').first().waitFor();
    const { cases } = await callApi(here.url, 'GET', '/policies/support/cases');
    expect(cases.map(({ name }: { name: string }) => name)).toContain('Fell back to GPT');

    await page.goto(`${here.url}/traffic/no-such-request`);
    await page.getByText('No such request here').waitFor();
    await page.getByRole('link', { name: 'To the log' }).click();
    await rows(page).first().waitFor();
    // The browser tells of the 404 itself.
    expect(errors.filter((error) => !error.includes('404'))).toEqual([]);
    await page.context().close();
  });

  it('watches the last minutes on the drawing, in lines, words and a table', async () => {
    await ask('Translate to French: good morning');
    const { page, errors } = await here.open('/policies/support/versions/1');
    await page.getByRole('switch', { name: 'Live map' }).click();
    const map = page.getByRole('region', { name: 'Live map' });
    await map.getByText(/requests? in the last 15 minutes through version 1, which serves/).waitFor();
    await page.locator('[data-live-node="size"]').getByText(/^\d+$/).first().waitFor();
    const counted = page.locator('[data-live-node="size"] strong');
    const before = Number(await counted.textContent());
    // Sample requests leave the window meanwhile, one every twenty seconds.
    await Promise.all(Array.from({ length: 12 }, (_, nth) => ask(`Translate to German: evening ${nth}`)));
    await expect.poll(async () => Number(await counted.textContent())).toBeGreaterThan(before);
    await map.getByText('As a table').click();
    const table = map.getByRole('table', { name: 'Traffic by node and exit' });
    await table
      .getByRole('row')
      .filter({ hasText: /requests?, half within/ })
      .first()
      .waitFor();
    await map.getByText('What the lines mean').click();
    await holdBothToAxe(page, 'the live map');
    await map.getByRole('button', { name: 'Close the live map' }).click();
    await map.waitFor({ state: 'hidden' });
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
