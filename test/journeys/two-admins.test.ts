import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
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

const id = 'shared';
const shared = {
  format: 1,
  id,
  name: 'Shared',
  entry: 'tries',
  nodes: {
    tries: { kind: 'fallback', try: ['first', 'second'], on: ['timeout', 'server_error'] },
    first: { kind: 'model', target: 'openai/gpt-5-mini', label: 'First' },
    second: { kind: 'model', target: 'openai/gpt-5', label: 'Second' },
  },
  layout: { tries: [0, 0], first: [400, 0], second: [400, 200] },
};

async function open(name: string): Promise<Page> {
  const { page } = await openPage(browser);
  page.on('pageerror', (error) => expect.fail(`${name}: ${error.message}`));
  await page.goto(`${app.url}/policies/${id}`);
  await page.locator('.react-flow__node[data-id="first"]').waitFor();
  return page;
}

const draft = async (): Promise<Policy> =>
  ((await (await fetch(`${app.url}/api/policies/${id}`)).json()) as { policy: Policy }).policy;
const label = async (node: string) => (await draft()).nodes[node]?.label;

/** Gives a node a name on its card. */
async function rename(page: Page, node: string, name: string): Promise<void> {
  await page.locator(`.react-flow__node[data-id="${node}"]`).click();
  await page.locator(`.react-flow__node[data-id="${node}"]:focus`).waitFor();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Name of the node' });
  await field.fill(name);
  await field.press('Enter');
  await page.locator(`.react-flow__node[data-id="${node}"]`, { hasText: name }).waitFor();
}

describe('two admins with one draft', { timeout: 120_000 }, () => {
  it('see each other, merge what does not touch, settle what does, and lose nothing', async () => {
    await fetch(`${app.url}/api/policies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, name: 'Shared', policy: shared }),
    });
    const [ada, ben] = [await open('Ada'), await open('Ben')];

    // Each sees the other, and where they are.
    await ada.locator('.react-flow__node[data-id="second"]').click();
    await ben.getByRole('img', { name: /^Also here: .*editing Second/ }).waitFor();

    // Different nodes: both stand, on both screens, and each is told what came in.
    await rename(ada, 'first', 'By Ada');
    await rename(ben, 'second', 'By Ben');
    await expect.poll(() => label('first'), { timeout: 15_000 }).toBe('By Ada');
    await expect.poll(() => label('second'), { timeout: 15_000 }).toBe('By Ben');
    await ada.locator('.react-flow__node', { hasText: 'By Ben' }).waitFor();
    await ben.locator('.react-flow__node', { hasText: 'By Ada' }).waitFor();
    await ben
      .getByText(/changed “By Ada”/)
      .first()
      .waitFor();

    // Undo takes back one's own edit and nothing of the other's.
    await ada.getByRole('button', { name: /^Undo: / }).click();
    await expect.poll(() => label('first'), { timeout: 15_000 }).toBe('First');
    expect(await label('second')).toBe('By Ben');
    await ben.locator('.react-flow__node[data-id="first"]', { hasText: 'First' }).waitFor();

    // The same name of the same node, while Ada’s network is away: the second to save is asked.
    await ada.context().setOffline(true);
    await rename(ada, 'first', 'Ada’s name');
    await rename(ada, 'tries', 'Ada’s tries');
    await ada.getByText('Unsaved: offline').waitFor();
    await rename(ben, 'first', 'Ben’s name');
    await expect.poll(() => label('first'), { timeout: 15_000 }).toBe('Ben’s name');
    await ada.context().setOffline(false);
    const dialog = ada.getByRole('dialog', { name: 'You and a colleague changed the same place' });
    await dialog.waitFor();
    expect(await dialog.getByRole('radiogroup').count()).toBe(1);
    await dialog.getByRole('radio', { name: 'Theirs: Ben’s name' }).waitFor();
    expect(await dialog.getByRole('button', { name: '1 to decide' }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: 'Mine: Ada’s name' }).click();
    await dialog.getByRole('button', { name: 'Merge and save' }).click();
    await expect.poll(() => label('first'), { timeout: 15_000 }).toBe('Ada’s name');
    expect(await label('tries')).toBe('Ada’s tries');
    expect(await label('second')).toBe('By Ben');
    await ben.locator('.react-flow__node', { hasText: 'Ada’s name' }).waitFor();

    // A tab that crashes with unsaved edits while the other goes on: the edits are there again, on top of theirs.
    await ada.context().setOffline(true);
    await rename(ada, 'second', 'Before the crash');
    await ada.getByText('Unsaved: offline').waitFor();
    await expect
      .poll(() => ada.evaluate(() => localStorage.getItem('waybill.draft.shared')))
      .toContain('Before the crash');
    const context = ada.context();
    await ada.close({ runBeforeUnload: false });
    await rename(ben, 'tries', 'Ben goes on');
    await expect.poll(() => label('tries'), { timeout: 15_000 }).toBe('Ben goes on');
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`${app.url}/policies/${id}`);
    await expect.poll(() => label('second'), { timeout: 15_000 }).toBe('Before the crash');
    expect(await label('tries')).toBe('Ben goes on');
    await again.locator('.react-flow__node', { hasText: 'Ben goes on' }).waitFor();
  });
});
