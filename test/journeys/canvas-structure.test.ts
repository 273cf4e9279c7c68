import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi, draftOf } from './support/calls.ts';
import { holdBothToAxe } from './support/hold-to-axe.ts';
import { boxOf, drag, edge, holdsFocus, thing as thingOn } from './support/on-canvas.ts';

const here = anAppAndBrowser();
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  ({ page, errors } = await here.open('/policies/support'));
  await thing('task').waitFor();
});

const thing = (id: string) => thingOn(page, id);
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? null);
const said = async () => (await page.locator('[role="status"]').allInnerTexts()).join(' ');

const draft = () => draftOf(here.url, 'support');

async function listed(): Promise<{ hash: string; published: { hash: string } }> {
  const { policies } = await callApi(here.url, 'GET', '/policies');
  const found = policies.find(({ id }: { id: string }) => id === 'support');
  if (found === undefined) throw new Error('The policy is not listed.');
  return found;
}

describe('notes and groups on the canvas', () => {
  it('writes a note with the keyboard alone, moves it, makes it wider, and says so', async () => {
    await thing('task').focus();
    await page.keyboard.press('n');
    const writer = page.getByRole('textbox', { name: 'Text of the note' });
    await holdsFocus(writer.first());
    await page.keyboard.type('# Why two?\nHard tasks go to the **strong** one.\n- more context');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('note:note');
    expect(await thing('note:note').locator('li').innerText()).toBe('more context');
    expect(await thing('note:note').locator('p strong').innerText()).toBe('strong');
    await expect.poll(async () => (await draft()).notes?.note?.text).toContain('# Why two?');
    const { at, size } = (await draft()).notes?.note ?? { at: [0, 0], size: [0, 0] };
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Shift+Alt+ArrowRight');
    await expect.poll(said).toContain('Resize note Why two?');
    await expect
      .poll(async () => (await draft()).notes?.note)
      .toMatchObject({ at: [at[0], at[1] + 10], size: [size[0] + 20, size[1]] });
  });

  it('puts a frame round two nodes with a key, and dragging its head moves both and nothing else', async () => {
    await thing('strong').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+g');
    const name = page.locator('.react-flow').getByRole('textbox', { name: 'Name of the group' });
    await holdsFocus(name);
    await page.keyboard.type('Strong answers');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('group:group');
    await expect
      .poll(async () => (await draft()).groups?.group)
      .toEqual({ name: 'Strong answers', nodes: ['strong', 'trial'], collapsed: false });
    const before = await draft();
    const head = await boxOf(thing('group:group').locator('[data-frame-head]'));
    const grip = { x: head.x + head.width - 12, y: head.y + head.height / 2 };
    await drag(page, grip, { x: grip.x, y: grip.y + 80 });
    const down = async (id: string) => ((await draft()).layout[id]?.[1] ?? 0) - (before.layout[id]?.[1] ?? 0);
    await expect.poll(() => down('strong')).toBeGreaterThan(0);
    expect(await down('trial')).toBe(await down('strong'));
    expect(await down('task')).toBe(0);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await draft()).layout).toEqual(before.layout);
  });

  it('folds the frame to one card that says what goes in and out, walks on from it, and is seen well', async () => {
    await thing('group:group').focus();
    await page.keyboard.press('g');
    const card = thing('group:group');
    await card.getByRole('list', { name: 'Goes in at' }).waitFor();
    await expect
      .poll(() => card.getByRole('list', { name: 'Goes in at' }).getByRole('listitem').allInnerTexts())
      .toEqual(['Strong model', 'Trial of another model']);
    await expect
      .poll(() => card.getByRole('list', { name: 'Goes out by' }).getByRole('listitem').count())
      .toBe(4);
    await thing('strong').waitFor({ state: 'detached' });
    await edge(page, 'strong:1').waitFor({ state: 'attached' });
    await holdBothToAxe(page, 'a folded group', { seriousOnly: true });
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('opus');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused).toBe('group:group');
    await page.keyboard.press('g');
    await thing('strong').waitFor();
  });

  it('means nothing to the plan: the draft decides as what is published', async () => {
    await expect.poll(async () => (await draft()).groups?.group?.collapsed).toBe(false);
    const { hash, published } = await listed();
    expect(hash).toBe(published.hash);
  });

  it('is listed and renamed in the outline', async () => {
    await page.keyboard.press('o');
    await page.getByRole('treeitem', { name: /^Note: # Why two/ }).waitFor();
    await page.getByRole('treeitem', { name: /^Group “Strong answers”, 2 nodes/ }).click();
    await page.keyboard.press('F2');
    await page.getByRole('tree').getByRole('textbox', { name: 'Name of the group' }).fill('The strong');
    await page.keyboard.press('Enter');
    await page.getByRole('treeitem', { name: /^Group “The strong”/ }).waitFor();
    await page.keyboard.press('o');
    await page.getByRole('tree').waitFor({ state: 'detached' });
  });

  it('travels over the clipboard with its nodes; a note of 100 kB is refused with the reason', async () => {
    await thing('group:group').focus();
    await page.keyboard.press('Control+c');
    await expect.poll(said).toContain('Copied 2 nodes');
    await page.keyboard.press('Control+v');
    await expect
      .poll(async () => (await draft()).groups?.['group-2'])
      .toMatchObject({ name: 'The strong', nodes: ['strong-2', 'trial-2'] });
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await draft()).groups?.['group-2']).toBeUndefined();
    const huge = {
      waybill: 'nodes',
      nodes: {},
      layout: {},
      notes: { n: { text: 'x'.repeat(100_000), at: [0, 0] } },
    };
    await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(huge));
    await thing('task').focus();
    await page.keyboard.press('Control+v');
    await page.getByText(/notes\.n\.text: must have at most 4,000 characters/).waitFor();
    expect(Object.keys((await draft()).notes ?? {})).toEqual(['note']);
  });

  it('drops a note from the palette with the mouse, writes in it where it lies, and colours it', async () => {
    await page
      .locator('[aria-label="Palette"] [data-kind="note"]')
      .dragTo(page.locator('[data-policy-canvas]'), {
        targetPosition: { x: 140, y: 90 },
      });
    const writer = page.locator('.react-flow').getByRole('textbox', { name: 'Text of the note' });
    await writer.fill('Ask `finance` first');
    await page.locator('[data-policy-canvas] .react-flow__pane').click({ position: { x: 60, y: 560 } });
    await thing('note:note-2').locator('code').waitFor();
    await thing('note:note-2').click();
    await page.getByRole('radio', { name: 'Violet' }).click();
    await expect
      .poll(async () => (await draft()).notes?.['note-2'])
      .toMatchObject({ text: 'Ask `finance` first', colour: 'violet' });
    await page.keyboard.press('Escape');
    await thing('note:note-2').focus();
    await page.keyboard.press('Delete');
    await thing('note:note-2').waitFor({ state: 'detached' });
  });

  it('is taken away by a key, and its nodes stay', async () => {
    await thing('group:group').focus();
    await page.keyboard.press('Control+Shift+g');
    await thing('group:group').waitFor({ state: 'detached' });
    await expect.poll(said).toContain('Ungroup The strong');
    await thing('strong').waitFor();
    await page.keyboard.press('Control+z');
    await thing('group:group').waitFor();
  });
});

describe('problems mended and everything found, without a mouse', () => {
  const choose = async (words: string) => {
    await page.keyboard.press('Control+k');
    const search = page.getByPlaceholder(/^Go to a page/);
    await search.fill(words);
    await search.focus();
  };
  /** The line that Enter takes. */
  const offered = (text: string) =>
    page.getByRole('dialog').locator('[data-selected]').filter({ hasText: text });

  it('connects an exit that leads nowhere by a quick fix, and deletes by another what no request reaches', async () => {
    await thing('mini').focus();
    await page.keyboard.press('Control+Delete');
    await thing('mini').waitFor({ state: 'detached' });
    await choose('Show problems');
    await offered('Show problems').waitFor();
    await page.keyboard.press('Enter');
    const errorsList = page.getByRole('region', { name: /^Errors keep/ });
    await errorsList.getByRole('button', { name: 'Connect to…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /^New model/ }).waitFor();
    await page.getByRole('menuitem', { name: /^claude-haiku-4-5/ }).focus();
    await page.keyboard.press('Enter');
    await errorsList.waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await draft()).nodes.trial)
      .toMatchObject({ arms: [{ id: 'usual', to: 'haiku' }, {}] });

    await thing('gpt').focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Escape');
    await page.locator('[aria-label="Palette"] [data-kind="refuse"]').focus();
    await page.keyboard.press('Enter');
    await thing('refuse').waitFor();
    const warnings = page.getByRole('region', { name: /^Warnings/ });
    await warnings.getByRole('button', { name: 'Lead an exit here…' }).waitFor();
    await warnings.getByRole('button', { name: 'Delete', exact: true }).focus();
    await page.keyboard.press('Enter');
    await thing('refuse').waitFor({ state: 'detached' });
  });

  it('says for how many logged requests a condition is true', async () => {
    await thing('size').click({ position: { x: 60, y: 20 } });
    await page
      .locator('[data-true-for]')
      .filter({ hasText: /^True for \d+ of the last \d+ logged requests/ })
      .first()
      .waitFor();
  });

  it('goes to a node, a group, a page and a request by name from the palette', async () => {
    await choose('The strong');
    await offered('The strong').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('group:group');
    await choose('Large window');
    await offered('Large window').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('window');

    const { records } = await callApi(here.url, 'GET', '/records?limit=1&columns=id');
    const id: string = records[0].id;
    await choose(id);
    await offered(id).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/traffic/${id}`);
    await choose('Audit');
    await offered('Audit').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/audit');
  });

  it('met no error on the way', () => {
    expect(errors).toEqual([]);
  });
});
