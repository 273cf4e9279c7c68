import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { draftOf } from './support/calls.ts';
import { holdToAxe, inBothSchemes } from './support/hold-to-axe.ts';
import { thing } from './support/on-canvas.ts';

const here = anAppAndBrowser();
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  ({ page, errors } = await here.open('/policies/support'));
  await thing(page, 'task').waitFor();
});

const draft = () => draftOf(here.url, 'support');
const row = (name: RegExp) => page.getByRole('treeitem', { name }).first();
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
const said = () => page.locator('[role="status"]').allInnerTexts();

describe('the policy as an outline, without a mouse', () => {
  it('opens by a key and is walked with arrows, the drawing following', async () => {
    await thing(page, 'size').focus();
    await page.keyboard.press('o');
    await page.getByRole('tree', { name: 'Nodes' }).waitFor();
    await expect.poll(focused).toMatch(/requests come in here/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(1);
    await page.keyboard.press('ArrowUp');
    await expect.poll(focused).toMatch(/requests come in here/);
  });

  it('moves what is second up among the exits, says so, and takes it back', async () => {
    const entry = (policy: Policy) => JSON.stringify(policy.nodes[policy.entry ?? '']);
    const before = entry(await draft());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(async () => (await said()).join(' ')).toMatch(/Move .* to “/);
    await expect.poll(async () => entry(await draft())).not.toBe(before);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => entry(await draft())).toBe(before);
  });

  it('renames in the row, and the drawing has the name', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name of the node' }).fill('How long is it?');
    await page.keyboard.press('Enter');
    await row(/How long is it\?/).waitFor();
    await expect.poll(focused).toMatch(/How long is it/);
    await thing(page, 'size').filter({ hasText: 'How long is it?' }).waitFor();
  });

  it('opens the settings by Enter, selects downstream by Shift, and gives the focus back on Escape', async () => {
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[aria-label="Settings"]') !== null))
      .toBe(true);
    await page.keyboard.press('Escape');
    await thing(page, 'size').focus();
    await page.keyboard.press('Shift+ArrowRight');
    const count = Object.keys((await draft()).nodes).length;
    await page.getByRole('heading', { name: `${count} nodes` }).waitFor();
    await page.getByRole('button', { name: 'Align top edges' }).click();
    await expect
      .poll(async () => new Set(Object.values((await draft()).layout).map(([, y]) => y)).size)
      .toBe(1);
    await page.keyboard.press('Control+z');
  });

  it('is called in each row what can be read there, for those who speak to the page', async () => {
    const rows = await page.getByRole('treeitem').evaluateAll((all) =>
      all.map((one) => {
        const seen = one.cloneNode(true) as Element;
        for (const hidden of seen.querySelectorAll('[aria-hidden]')) hidden.remove();
        return {
          name: one.getAttribute('aria-label') ?? '',
          seen: [...seen.children].map((part) => part.textContent),
        };
      }),
    );
    const words = (text: string) => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
    expect(rows.length).toBeGreaterThan(5);
    for (const { name, seen } of rows) expect(words(name)).toContain(words(seen.join(' ')));
  });

  it('is accessible in light and dark', async () => {
    await inBothSchemes(page, async (scheme) => {
      await holdToAxe(page, scheme, { rules: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
      if (process.env.SHOTS !== undefined)
        await page.screenshot({ path: `${process.env.SHOTS}/outline-${scheme}.png` });
    });
    expect(errors).toEqual([]);
  });
});
