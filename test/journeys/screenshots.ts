/** `npm run screenshots -- folder`: every screen, light, dark and narrow. Without a folder, the README's three. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { openBrowser, openPage } from './support/open-browser.ts';
import { startApp } from './support/start-app.ts';

interface Screen {
  readonly name: string;
  readonly path: string;
  /** Brings it into the state worth showing; waits for what it shows. */
  readonly show: (page: Page) => Promise<unknown>;
  /** One of those the README shows. */
  readonly best?: true;
}

const heading = (page: Page) => page.locator('main h1, main h2').first().waitFor();
const replayed = (page: Page) =>
  page.locator('a[data-busy="false"] strong').first().waitFor({ timeout: 60_000 });
const cards = (page: Page) => page.locator('.react-flow__node').first().waitFor();

const screens: readonly Screen[] = [
  {
    name: 'canvas',
    path: '/policies/support',
    best: true,
    show: async (page) => {
      await cards(page);
      await page.locator('.react-flow__node[data-id="task"]').click();
      await page.getByRole('heading', { name: 'Classifier' }).waitFor();
      await replayed(page);
    },
  },
  {
    name: 'outline',
    path: '/policies/support',
    show: async (page) => {
      await cards(page);
      await page.getByRole('button', { name: 'Outline (O)' }).click();
      await page.getByRole('tree').waitFor();
    },
  },
  {
    name: 'selection',
    path: '/policies/support',
    show: async (page) => {
      await cards(page);
      await page.locator('.react-flow__node[data-id="task"]').click();
      await page.keyboard.press('Control+a');
      await page.getByRole('toolbar', { name: 'Place the selected nodes' }).waitFor();
    },
  },
  {
    name: 'keys',
    path: '/policies/support',
    show: async (page) => {
      await cards(page);
      await page.getByRole('button', { name: 'Keys (?)' }).click();
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  {
    name: 'test',
    path: '/policies/support',
    show: async (page) => {
      await cards(page);
      await page.getByRole('tab', { name: 'Test', exact: true }).click();
      await page.getByLabel('Message', { exact: true }).fill('Fix this: TypeError in line 3');
      await page.getByRole('button', { name: /^Run/ }).click();
      await page.getByRole('region', { name: 'Decision' }).waitFor();
    },
  },
  {
    name: 'json',
    path: '/policies/support?view=json',
    show: (page) => page.locator('.monaco-editor .view-line').first().waitFor(),
  },
  { name: 'policies', path: '/policies', show: heading },
  { name: 'versions', path: '/policies/support/versions', show: cards },
  { name: 'rollouts', path: '/rollouts', show: heading },
  { name: 'people', path: '/people', show: heading },
  { name: 'sign-in', path: '/sign-in', show: heading },
  {
    name: 'what-if',
    path: '/what-if/support',
    best: true,
    show: (page) =>
      page
        .getByText(/over the last 14 days/)
        .first()
        .waitFor({ timeout: 60_000 }),
  },
  { name: 'traffic', path: '/traffic', show: (page) => page.locator('[data-row]').first().waitFor() },
  {
    name: 'request',
    path: '/traffic',
    show: async (page) => {
      await page.locator('[data-row]').first().click();
      await page.getByRole('link', { name: 'Open its page' }).click();
      await cards(page);
    },
  },
  {
    name: 'live-map',
    path: '/policies/support?live',
    show: (page) =>
      page
        .getByRole('region', { name: 'Live map' })
        .getByText(/in the last 15 minutes/)
        .waitFor(),
  },
  { name: 'spend', path: '/spend', best: true, show: heading },
  { name: 'budgets', path: '/budgets', show: heading },
  { name: 'people', path: '/people', show: heading },
  { name: 'models', path: '/models', show: heading },
  { name: 'health', path: '/health', show: heading },
  { name: 'privacy', path: '/privacy', show: heading },
  { name: 'teams', path: '/teams', show: heading },
  { name: 'providers', path: '/providers', show: heading },
  { name: 'audit', path: '/audit', show: heading },
  { name: 'connect', path: '/connect', show: heading },
];

const looks = [
  { name: 'light', scheme: 'light', width: 1440, height: 900 },
  { name: 'dark', scheme: 'dark', width: 1440, height: 900 },
  { name: 'narrow', scheme: 'light', width: 420, height: 900 },
] as const;

const given = process.argv.slice(2).filter((word) => !word.startsWith('--'))[0];
const folder = given ?? '.github/readme';
const wanted = given === undefined ? screens.filter((screen) => screen.best === true) : screens;

/** Answers what could not be shown. */
async function shoot(
  browser: Browser,
  url: string,
  look: (typeof looks)[number],
): Promise<readonly string[]> {
  const failed: string[] = [];
  const { page } = await openPage(browser, look);
  page.setDefaultTimeout(20_000);
  for (const screen of wanted) {
    try {
      await page.goto(url + screen.path);
      await screen.show(page);
      // Charts and numbers arrive after the frame; where a live stream never falls silent, a moment has to do.
      await page.waitForLoadState('networkidle', { timeout: 2_500 }).catch(() => undefined);
      await page.screenshot({ path: join(folder, `${screen.name}-${look.name}.png`) });
    } catch (error) {
      failed.push(`${screen.name}, ${look.name}: ${String(error).split('\n')[0]}`);
    }
  }
  await page.context().close();
  return failed;
}

/** Gives the sample policy a cheaper strong model in its draft, so that there is a change to look at. */
async function draftChange(url: string): Promise<void> {
  const address = `${url}/api/policies/support`;
  const { policy, revision } = (await (await fetch(address)).json()) as PolicyEnvelope;
  const { opus } = policy.nodes;
  if (opus?.kind !== 'model') throw new Error('The sample policy has no model "opus".');
  const nodes = { ...policy.nodes, opus: { ...opus, target: 'openai/gpt-5.1' } };
  const body = JSON.stringify({ policy: { ...policy, nodes }, revision });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(address, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

mkdirSync(folder, { recursive: true });
const app = await startApp();
const browser = await openBrowser();
try {
  await draftChange(app.url);
  const failed: string[] = [];
  for (const look of given === undefined ? looks.slice(0, 2) : looks)
    failed.push(...(await shoot(browser, app.url, look)));
  console.log(`${wanted.length} screens are in ${folder}.`);
  for (const line of failed) console.error(`Not shown: ${line}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await app.stop();
}
