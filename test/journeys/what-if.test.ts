import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';

const here = anAppAndBrowser();
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  ({ page, errors } = await here.open());
});

const table = (name: string | RegExp) => page.getByRole('table', { name });

/** One story: a bad day rehearsed, one request of it looked at and kept, a number swept. */
describe('an author who asks what if', () => {
  it('rehearses an outage and sees it hour by hour', async () => {
    await page.goto(`${here.url}/what-if/support`);
    await page
      .getByText(/over the last 14 days/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Incident', exact: true }).click();
    await page.getByRole('combobox', { name: 'To target or pattern' }).fill('anthropic/*');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('anthropic/* is down, all the time').waitFor();
    await table('Hour by hour').waitFor();
  });

  it('sweeps a number and applies a setting to the draft', async () => {
    await page.getByRole('button', { name: 'Sweep', exact: true }).click();
    // A replay of everything for each of its numbers.
    await table(/^Sweep of/).waitFor({ timeout: 180_000 });
    expect(await table(/^Sweep of/).textContent()).toContain('now');
    await page
      .getByRole('button', { name: /^Apply .* to the draft$/ })
      .last()
      .click();
    await page.getByText('The draft has changed since this was worked out.').waitFor();
    await page.getByRole('button', { name: 'Work it out again' }).click();
  });

  it('drills from the total to one request and keeps it as a case', async () => {
    await table('Changed decisions').getByRole('row').nth(1).click();
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
