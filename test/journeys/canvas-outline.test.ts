import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { openBrowser, openPage } from './support/open-browser.ts';
import { type App, startApp } from './support/start-app.ts';

let app: App;
let browser: Browser;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page, errors } = await openPage(browser));
  await page.goto(`${app.url}/policies/support`);
  await page.locator('.react-flow__node[data-id="task"]').waitFor();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function draft(): Promise<Policy> {
  const response = await fetch(`${app.url}/api/policies/support`);
  return ((await response.json()) as { policy: Policy }).policy;
}

const row = (name: RegExp) => page.getByRole('treeitem', { name }).first();
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
const said = () => page.locator('[role="status"]').allInnerTexts();

describe('the policy as an outline, without a mouse', { timeout: 60_000 }, () => {
  it('opens by a key and is walked with arrows, the drawing following', async () => {
    await page.locator('.react-flow__node[data-id="size"]').focus();
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
    await expect.poll(async () => entry(await draft()), { timeout: 15_000 }).not.toBe(before);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => entry(await draft()), { timeout: 15_000 }).toBe(before);
  });

  it('renames in the row, and the drawing has the name', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name of the node' }).fill('How long is it?');
    await page.keyboard.press('Enter');
    await row(/How long is it\?/).waitFor();
    await expect.poll(focused).toMatch(/How long is it/);
    expect(await page.locator('.react-flow__node[data-id="size"]').innerText()).toContain('How long is it?');
  });

  it('opens the settings by Enter, selects downstream by Shift, and gives the focus back on Escape', async () => {
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[aria-label="Settings"]') !== null))
      .toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__node[data-id="size"]').focus();
    await page.keyboard.press('Shift+ArrowRight');
    const count = Object.keys((await draft()).nodes).length;
    await page.getByRole('heading', { name: `${count} nodes` }).waitFor();
    await page.getByRole('button', { name: 'Align top edges' }).click();
    await expect
      .poll(async () => new Set(Object.values((await draft()).layout).map(([, y]) => y)).size, {
        timeout: 15_000,
      })
      .toBe(1);
    await page.keyboard.press('Control+z');
  });

  it('is accessible in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // What is on its way is measured where it happens to be.
      await page.evaluate(async () => {
        const finite = document
          .getAnimations()
          .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
        await Promise.allSettled(finite.map((one) => one.finished));
      });
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { axe: run } = window as unknown as {
          axe: {
            run: (
              o: object,
            ) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await run.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
        return violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]?.html.slice(0, 160)}`);
      });
      expect(found, colorScheme).toEqual([]);
      if (process.env.SHOTS !== undefined)
        await page.screenshot({ path: `${process.env.SHOTS}/outline-${colorScheme}.png` });
    }
    expect(errors).toEqual([]);
  });
});
