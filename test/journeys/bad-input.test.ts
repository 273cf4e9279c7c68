import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fixedPort } from '../server/support/fixed-port.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi, draftOf } from './support/calls.ts';
import { startSample } from './support/first-start.ts';
import { renameOnCard, thing } from './support/on-canvas.ts';
import { startApp } from './support/start-app.ts';

/** It comes back at the address where it died. */
const port = String(await fixedPort());
const here = anAppAndBrowser(() => startSample({ PORT: port }));

const id = 'tough';
const drawn = {
  format: 1,
  id,
  name: 'Tough',
  entry: 'tries',
  nodes: {
    tries: { kind: 'fallback', try: ['first'], on: ['timeout'] },
    first: { kind: 'model', target: 'openai/gpt-5-mini', label: 'First' },
  },
  layout: { tries: [0, 0], first: [400, 0] },
};

const draft = () => draftOf(here.url, id);
const label = async (node: string) => (await draft()).nodes[node]?.label;

async function open(page: Page): Promise<void> {
  await page.goto(`${here.url}/policies/${id}`);
  await thing(page, 'first').waitFor();
}

/** Pastes a text onto the canvas, as the browser does. */
function paste(page: Page, text: string): Promise<void> {
  return page.locator('[data-policy-canvas]').evaluate((canvas, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    canvas.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

describe('what goes wrong under somebody’s hands', () => {
  it('is said in place and loses nothing: pastes, names, tabs, back, a session’s end, a server’s death', async () => {
    await callApi(here.url, 'POST', '/policies', { id, name: 'Tough', policy: drawn });
    const { page } = await here.open();
    const crashes: string[] = [];
    page.on('pageerror', (error) => crashes.push(error.message));
    await open(page);

    // Pastes: a newer format, JSON cut off, five megabytes of something else, a node whose next one is gone.
    await paste(page, JSON.stringify({ ...drawn, format: 2 }));
    await page.getByText('The policy is in format 2; this release reads up to 1.').waitFor();
    await paste(page, JSON.stringify(drawn).slice(0, -20));
    await page.getByText(/JSON that breaks off/).waitFor();
    await paste(page, JSON.stringify({ rows: Array.from({ length: 60_000 }, () => 'x'.repeat(80)) }));
    await page.getByText(/holds JSON, but no policy/).waitFor();
    expect(Object.keys((await draft()).nodes)).toEqual(['tries', 'first']);
    const loose = {
      waybill: 'nodes',
      nodes: { pick: { kind: 'fallback', try: ['deleted-long-ago'], on: ['timeout'] } },
      layout: { pick: [0, 300] },
    };
    await paste(page, JSON.stringify(loose));
    await expect.poll(async () => (await draft()).nodes.pick).toMatchObject({ try: [] });

    // Names as people write them.
    const names = ['🚀👩‍👩‍👧‍👦 Größe', 'דגם מהיר', 'نموذج <b>سريع</b>'];
    for (const name of names) {
      await renameOnCard(page, 'first', name);
      await expect.poll(() => label('first')).toBe(name);
    }

    // Two tabs of one browser: what one saves comes into the other, which keeps its own history.
    const twin = await page.context().newPage();
    await open(twin);
    await renameOnCard(twin, 'tries', 'By the other tab');
    await page.locator('.react-flow__node', { hasText: 'By the other tab' }).waitFor();
    await twin.close();

    // Away and back at once: the last edit is saved, and back shows it.
    await renameOnCard(page, 'first', 'Just before leaving');
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
    await page.goBack();
    await page.locator('.react-flow__node', { hasText: 'Just before leaving' }).waitFor();
    expect(await label('first')).toBe('Just before leaving');

    // Whoever is signed out while editing signs in where they are, and the edit is saved.
    let session: 'good' | 'ends at the next save' | 'over' = 'ends at the next save';
    await page.route('**/api/**', (route) => {
      if (session === 'ends at the next save' && route.request().method() === 'PUT') session = 'over';
      if (session !== 'over') return route.continue();
      const body = JSON.stringify({ error: { code: 'not_signed_in', message: 'Sign in first.' } });
      return route.fulfill({ status: 401, contentType: 'application/json', body });
    });
    await renameOnCard(page, 'first', 'While signed out');
    const door = page.getByRole('dialog', { name: 'This studio is locked' });
    await door.waitFor();
    await door.getByLabel('Admin token').fill('anything');
    // The next answer opens the door by itself: a click would race it.
    session = 'good';
    await page.keyboard.press('Enter');
    await door.waitFor({ state: 'detached' });
    await expect.poll(() => label('first')).toBe('While signed out');
    await page.unroute('**/api/**');

    // The server dies without a word, somebody edits on, and it comes back where it was.
    const { dataFolder } = here.app;
    await here.app.stop({ keep: true, signal: 'SIGKILL' });
    await renameOnCard(page, 'tries', 'While it was gone');
    await page.getByText('The Waybill server does not answer.').waitFor();
    await page.getByText('Unsaved: offline').waitFor();
    await here.replace(() => startApp({ dataFolder, env: { PORT: port } }));
    await page.getByText('The Waybill server does not answer.').waitFor({ state: 'detached' });
    await expect.poll(() => label('tries')).toBe('While it was gone');
    expect(crashes).toEqual([]);
  });
});
