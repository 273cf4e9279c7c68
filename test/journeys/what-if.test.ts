import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './support/open-browser.ts';
import { type App, startApp } from './support/start-app.ts';

let app: App;
let browser: Browser;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page, errors } = await openPage(browser));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const table = (name: string | RegExp) => page.getByRole('table', { name });

/** One story: a bad day rehearsed, one request of it looked at and kept, a number swept. */
describe('an author who asks what if', () => {
  it('rehearses an outage and sees it hour by hour', async () => {
    await page.goto(`${app.url}/what-if/support`);
    await page
      .getByText(/over the last 14 days/)
      .first()
      .waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Incident', exact: true }).click();
    await page.getByRole('combobox', { name: 'To target or pattern' }).fill('anthropic/*');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('anthropic/* is down, all the time').waitFor();
    await table('Hour by hour').waitFor({ timeout: 30_000 });
  });

  it('sweeps a number and applies a setting to the draft', async () => {
    await page.getByRole('button', { name: 'Sweep', exact: true }).click();
    await table(/^Sweep of/).waitFor({ timeout: 60_000 });
    expect(await table(/^Sweep of/).textContent()).toContain('now');
    await page
      .getByRole('button', { name: /^Apply .* to the draft$/ })
      .last()
      .click();
    await page.getByText('The draft has changed since this was worked out.').waitFor();
    await page.getByRole('button', { name: 'Work it out again' }).click();
  });

  it('drills from the total to one request and keeps it as a case', async () => {
    await table('Changed decisions').getByRole('row').nth(1).click({ timeout: 30_000 });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('stays as decided');
    await dialog.getByLabel('the decision before').check();
    await dialog.getByRole('button', { name: 'Save as case' }).click();
    await dialog.getByText('Saved.', { exact: true }).waitFor();
    const kept = await page.evaluate(async () => (await fetch('/api/policies/support/cases')).json());
    expect(JSON.stringify(kept)).toContain('stays as decided');
    await dialog.getByRole('link', { name: 'Open the request in Traffic' }).click();
    await expect.poll(() => page.url()).toContain('/traffic/');
  });

  it('met no error on the way', () => {
    expect(errors).toEqual([]);
  });
});
