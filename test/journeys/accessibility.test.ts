import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { holdBothToAxe } from './support/hold-to-axe.ts';
import { thing } from './support/on-canvas.ts';

const here = anAppAndBrowser();

interface Screen {
  readonly name: string;
  readonly path: string;
  /** Brings the screen into the state to look at, and waits until it is there. */
  readonly show: (page: Page) => Promise<unknown>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const firstCard = (page: Page) => thing(page, 'task');

const screens: readonly Screen[] = [
  { name: 'the canvas', path: '/policies/support', show: (page) => firstCard(page).waitFor() },
  {
    name: 'the settings of a classifier',
    path: '/policies/support',
    show: async (page) => {
      await firstCard(page).click();
      await page.getByRole('heading', { name: 'Classifier' }).waitFor();
    },
  },
  {
    name: 'the test panel with a decision',
    path: '/policies/support',
    show: async (page) => {
      await page.getByRole('tab', { name: 'Test', exact: true }).click();
      await page.getByLabel('Message', { exact: true }).fill('Fix this: TypeError in line 3');
      await page.getByRole('button', { name: /^Run/ }).click();
      await page.getByRole('region', { name: 'Decision' }).waitFor();
    },
  },
  {
    name: 'the JSON',
    path: '/policies/support',
    show: async (page) => {
      await page.getByText('JSON', { exact: true }).click();
      await page.locator('.monaco-editor .view-line').first().waitFor();
    },
  },
  {
    name: 'publishing',
    path: '/policies/support',
    show: async (page) => {
      await button(page, 'Publish…').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'the command palette',
    path: '/policies',
    show: async (page) => {
      await page.getByRole('heading', { name: 'Policies' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'the policies',
    path: '/policies',
    show: (page) =>
      page
        .getByRole('link', { name: /Support/ })
        .first()
        .waitFor(),
  },
  {
    name: 'a new policy',
    path: '/policies',
    show: async (page) => {
      await button(page, /New policy/).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'a what-if',
    path: '/what-if/support',
    show: (page) =>
      page
        .getByText(/over the last 14 days|No request takes another way/i)
        .first()
        .waitFor(),
  },
  { name: 'the traffic', path: '/traffic', show: (page) => page.getByRole('row').nth(3).waitFor() },
  {
    name: 'a record',
    path: '/traffic',
    show: async (page) => {
      await page.getByRole('table', { name: 'Requests' }).getByRole('row').nth(2).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'the models', path: '/models', show: (page) => page.getByRole('row').nth(3).waitFor() },
  {
    name: 'connecting a client',
    path: '/connect',
    show: (page) => page.getByRole('heading', { name: 'Connect' }).waitFor(),
  },
];

describe('every screen', () => {
  it.each(screens)('$name has no serious accessibility violation, light or dark', async ({ path, show }) => {
    const { page } = await here.open(path);
    await show(page);
    // Monaco's own widgets are not ours to mend.
    await holdBothToAxe(page, path, { seriousOnly: true, without: '.monaco-editor' });
    await page.context().close();
  });
});
