import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './support/open-browser.ts';
import { type App, startApp } from './support/start-app.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WAYBILL_SANDBOX: 'off', OPENAI_API_KEY: 'sk-none', ANTHROPIC_API_KEY: 'sk-none' } }),
    openBrowser(),
  ]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** Everything there is at first is deleted, so that the first screen is an empty one. */
async function emptied(): Promise<void> {
  const { deployments } = (await (await fetch(`${app.url}/api/deployments`)).json()) as {
    deployments: readonly { alias: string }[];
  };
  for (const { alias } of deployments)
    await fetch(`${app.url}/api/deployments/${encodeURIComponent(alias)}`, { method: 'DELETE' });
  const { policies } = (await (await fetch(`${app.url}/api/policies`)).json()) as {
    policies: readonly { id: string }[];
  };
  for (const { id } of policies) await fetch(`${app.url}/api/policies/${id}`, { method: 'DELETE' });
}

async function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

describe('the first minutes, from nothing', { timeout: 120_000 }, () => {
  it('lead by what the screen says from an empty list to a published policy', async () => {
    await emptied();
    const { page, errors } = await openPage(browser);
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'No policies yet' }).waitFor();
    await page
      .getByRole('button', { name: /New policy/ })
      .last()
      .click();

    // The gallery: every start in a sentence; choosing one names the policy.
    const dialog = page.getByRole('dialog', { name: 'New policy' });
    await dialog.getByText('Coding agents', { exact: true }).waitFor();
    expect(await dialog.getByRole('radio').count()).toBeGreaterThan(12);
    await dialog.getByText('Stands an outage', { exact: true }).click();
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Stands an outage');
    await dialog.getByRole('button', { name: 'Create' }).click();

    // It says what it is for, and has nothing wrong with it.
    await page.locator('.react-flow__node').first().waitFor();
    expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toMatch(/other vendors/);

    await page.getByRole('button', { name: 'Publish…' }).click();
    const publishing = page.getByRole('dialog', { name: /^Publish version 1/ });
    await publishing.getByRole('button', { name: /^Publish/ }).click();
    await publishing.waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: /version 1|v1/i })
      .first()
      .waitFor();
    expect(errors).toEqual([]);
  });

  it('reach every room from the keyboard, each readable on a narrow screen', async () => {
    const { page } = await openPage(browser, { width: 390, height: 800 });
    await page.goto(`${app.url}/policies`);
    const tooWide: string[] = [];
    for (const room of ['Spend', 'Budgets', 'Teams', 'Audit', 'Privacy', 'What-if', 'Providers', 'Health']) {
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.keyboard.press('Control+k');
      const search = page.getByRole('textbox', { name: /^Search pages, policies/ });
      await search.fill(room);
      await page.getByRole('button', { name: room, exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.url()).toContain(`/${room.toLowerCase()}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      if (!(await fits(page))) tooWide.push(room);
    }
    expect(tooWide).toEqual([]);
  });
});
