import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './support/open-browser.ts';
import { type App, startApp } from './support/start-app.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

interface Screen {
  readonly name: string;
  readonly path: string;
  /** Brings the screen into the state to look at, and waits until it is there. */
  readonly show: (page: Page) => Promise<unknown>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const firstCard = (page: Page) => page.locator('.react-flow__node[data-id="task"]');

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
        .getByText(/over the last 14 days|No request moves/i)
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

/** Serious and critical findings of axe, one line each. */
async function findingsOf(page: Page): Promise<readonly string[]> {
  // Colours on their way from one scheme to the other are neither.
  await page.evaluate(async () => {
    const finite = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map((one) => one.finished));
  });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    // Monaco's own widgets are not ours to mend.
    () => (window as unknown as { axe: typeof axe }).axe.run({ exclude: ['.monaco-editor'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
    );
}

/** Both schemes on one visit: the studio follows the system's. */
describe('every screen', () => {
  it.each(screens)('$name has no serious accessibility violation, light or dark', async ({ path, show }) => {
    const { page } = await openPage(browser);
    await page.goto(`${app.url}${path}`);
    await show(page);
    expect(await findingsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' });
    expect(await findingsOf(page)).toEqual([]);
    await page.context().close();
  });
});
