import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi } from './support/calls.ts';
import { startApp } from './support/start-app.ts';

const env = { WAYBILL_SANDBOX: 'off', OPENAI_API_KEY: 'sk-none', ANTHROPIC_API_KEY: 'sk-none' };
const here = anAppAndBrowser(() => startApp({ env }));

/** Everything there is at first is deleted, so that the first screen is an empty one. */
async function emptied(): Promise<void> {
  const { deployments } = await callApi(here.url, 'GET', '/deployments');
  for (const { alias } of deployments)
    await callApi(here.url, 'DELETE', `/deployments/${encodeURIComponent(alias)}`);
  const { policies } = await callApi(here.url, 'GET', '/policies');
  for (const { id } of policies) await callApi(here.url, 'DELETE', `/policies/${id}`);
}

async function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

describe('the first minutes, from nothing', () => {
  it('lead by what the screen says from an empty list to a published policy', async () => {
    await emptied();
    const { page, errors } = await here.open('/');
    await page.getByRole('heading', { name: 'No policies yet' }).waitFor();
    await page
      .getByRole('button', { name: /New policy/ })
      .last()
      .click();

    // The gallery: every start in a sentence; choosing one names the policy.
    const dialog = page.getByRole('dialog', { name: 'New policy' });
    await dialog.getByText('Coding agents', { exact: true }).waitFor();
    await expect.poll(() => dialog.getByRole('radio').count()).toBeGreaterThan(12);
    await dialog.getByText('Stands an outage', { exact: true }).click();
    const name = dialog.getByRole('textbox', { name: 'Name' });
    await expect.poll(() => name.inputValue()).toBe('Stands an outage');
    await dialog.getByRole('button', { name: 'Create' }).click();

    // It says what it is for, and has nothing wrong with it.
    await page.locator('.react-flow__node').first().waitFor();
    const description = page.getByRole('textbox', { name: 'Description' });
    await expect.poll(() => description.inputValue()).toMatch(/other vendors/);

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
    const { page } = await here.open('/policies', { width: 390, height: 800 });
    const tooWide: string[] = [];
    for (const room of ['Spend', 'Budgets', 'Teams', 'Audit', 'Privacy', 'What-if', 'Providers', 'Health']) {
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.keyboard.press('Control+k');
      const search = page.getByRole('textbox', { name: /^Search pages, policies/ });
      await search.fill(room);
      // The line that Enter takes.
      await page.getByRole('dialog').locator('[data-selected]').filter({ hasText: room }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.url()).toContain(`/${room.toLowerCase()}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      if (!(await fits(page))) tooWide.push(room);
    }
    expect(tooWide).toEqual([]);
  });
});
