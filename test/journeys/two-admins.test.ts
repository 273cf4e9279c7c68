import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi, draftOf } from './support/calls.ts';
import { renameOnCard, thing } from './support/on-canvas.ts';

const here = anAppAndBrowser();

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
  const { page } = await here.open();
  page.on('pageerror', (error) => expect.fail(`${name}: ${error.message}`));
  await page.goto(`${here.url}/policies/${id}`);
  await thing(page, 'first').waitFor();
  return page;
}

const label = async (node: string) => (await draftOf(here.url, id)).nodes[node]?.label;

describe('two admins with one draft', () => {
  it('see each other, merge what does not touch, settle what does, and lose nothing', async () => {
    await callApi(here.url, 'POST', '/policies', { id, name: 'Shared', policy: shared });
    const [ada, ben] = [await open('Ada'), await open('Ben')];

    // Each sees the other, and where they are.
    await thing(ada, 'second').click();
    await ben.getByRole('img', { name: /^Also here: .*editing Second/ }).waitFor();

    // Different nodes: both stand, on both screens, and each is told what came in.
    // What tells of it goes by itself after a while: it is waited for before anything else is.
    const told = ben
      .getByText(/changed “By Ada”/)
      .first()
      .waitFor();
    await renameOnCard(ada, 'first', 'By Ada');
    await renameOnCard(ben, 'second', 'By Ben');
    await expect.poll(() => label('first')).toBe('By Ada');
    await expect.poll(() => label('second')).toBe('By Ben');
    await ada.locator('.react-flow__node', { hasText: 'By Ben' }).waitFor();
    await ben.locator('.react-flow__node', { hasText: 'By Ada' }).waitFor();
    await told;

    // Undo takes back one's own edit and nothing of the other's.
    await ada.getByRole('button', { name: /^Undo: / }).click();
    await expect.poll(() => label('first')).toBe('First');
    expect(await label('second')).toBe('By Ben');
    await thing(ben, 'first').filter({ hasText: 'First' }).waitFor();

    // The same name of the same node, while Ada’s network is away: the second to save is asked.
    await ada.context().setOffline(true);
    await renameOnCard(ada, 'first', 'Ada’s name');
    await renameOnCard(ada, 'tries', 'Ada’s tries');
    await ada.getByText('Unsaved: offline').waitFor();
    await renameOnCard(ben, 'first', 'Ben’s name');
    await expect.poll(() => label('first')).toBe('Ben’s name');
    await ada.context().setOffline(false);
    const dialog = ada.getByRole('dialog', { name: 'You and a colleague changed the same place' });
    await dialog.waitFor();
    expect(await dialog.getByRole('radiogroup').count()).toBe(1);
    await dialog.getByRole('radio', { name: 'Theirs: Ben’s name' }).waitFor();
    expect(await dialog.getByRole('button', { name: '1 to decide' }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: 'Mine: Ada’s name' }).click();
    await dialog.getByRole('button', { name: 'Merge and save' }).click();
    await expect.poll(() => label('first')).toBe('Ada’s name');
    expect(await label('tries')).toBe('Ada’s tries');
    expect(await label('second')).toBe('By Ben');
    await ben.locator('.react-flow__node', { hasText: 'Ada’s name' }).waitFor();

    // A tab that crashes with unsaved edits while the other goes on: the edits are there again, on top of theirs.
    await ada.context().setOffline(true);
    await renameOnCard(ada, 'second', 'Before the crash');
    await ada.getByText('Unsaved: offline').waitFor();
    await expect
      .poll(() => ada.evaluate(() => localStorage.getItem('waybill.draft.shared')))
      .toContain('Before the crash');
    const context = ada.context();
    await ada.close({ runBeforeUnload: false });
    await renameOnCard(ben, 'tries', 'Ben goes on');
    await expect.poll(() => label('tries')).toBe('Ben goes on');
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`${here.url}/policies/${id}`);
    await expect.poll(() => label('second')).toBe('Before the crash');
    expect(await label('tries')).toBe('Ben goes on');
    await again.locator('.react-flow__node', { hasText: 'Ben goes on' }).waitFor();
  });
});
