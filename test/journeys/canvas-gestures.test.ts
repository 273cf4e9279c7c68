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
  await node('task').waitFor();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const node = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const edge = (id: string) => page.locator(`.react-flow__edge[data-id="${id}"]`);

async function draft(): Promise<Policy> {
  const response = await fetch(`${app.url}/api/policies/support`);
  return ((await response.json()) as { policy: Policy }).policy;
}

async function boxOf(id: string) {
  const box = await node(id).boundingBox();
  if (box === null) throw new Error(`The node ${id} is not on the page.`);
  return box;
}

describe('the first policy on the canvas', { timeout: 60_000 }, () => {
  it('runs a light along the path of a request that was just served, and of no other', async () => {
    // Animations are kept as they are started: they are over before anyone could look.
    await page.evaluate(() => {
      const lit: string[] = [];
      Object.assign(window, { lit });
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (this: Element, ...rest: Parameters<typeof animate>) {
        const owner = this.closest('.react-flow__edge, .react-flow__node');
        lit.push(owner?.getAttribute('data-id') ?? '');
        return animate.apply(this, rest);
      };
    });
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'auto',
        messages: [{ role: 'user', content: 'Fix this: TypeError: Cannot read properties of undefined' }],
      }),
    });
    expect(response.headers.get('x-waybill-path')).toMatch(/^size:else.*task:code/);
    const lit = () => page.evaluate(() => (window as unknown as { lit: string[] }).lit);
    await expect.poll(lit, { timeout: 15_000 }).toEqual(expect.arrayContaining(['size:else', 'task:code']));
    expect(await lit()).toEqual(expect.arrayContaining(['size', 'task', 'strong']));
    expect(await lit()).not.toContain('task:otherwise');
  });

  it('selects what a box drawn with Shift goes round, and moves it as one step', async () => {
    const [strong, trial] = [await boxOf('strong'), await boxOf('trial')];
    await page.keyboard.down('Shift');
    await page.mouse.move(strong.x - 14, strong.y - 14);
    await page.mouse.down();
    await page.mouse.move(trial.x + trial.width + 14, trial.y + trial.height + 14, { steps: 12 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.getByRole('heading', { name: '2 nodes' }).waitFor();
    expect(await page.locator('.react-flow__node.selected').count()).toBe(2);

    const before = await draft();
    const handle = await boxOf('trial');
    await page.mouse.move(handle.x + 60, handle.y + 20);
    await page.mouse.down();
    await page.mouse.move(handle.x + 60, handle.y + 90, { steps: 10 });
    await page.mouse.up();
    const heights = async () => {
      const { layout } = await draft();
      return ['strong', 'trial', 'task'].map((id) => (layout[id]?.[1] ?? 0) - (before.layout[id]?.[1] ?? 0));
    };
    await expect.poll(async () => (await heights())[0], { timeout: 15_000 }).toBeGreaterThan(0);
    const [movedStrong, movedTrial, movedTask] = await heights();
    expect(movedTrial).toBe(movedStrong);
    expect(movedTask).toBe(0);
    await page.keyboard.press('Control+z');
    await expect.poll(draft, { timeout: 15_000 }).toEqual(before);
  });

  it('takes a kind dropped onto an edge in between its two ends', async () => {
    const points = await edge('task:otherwise')
      .locator('[data-pulse]')
      .first()
      .evaluate((path) => {
        const line = path as SVGPathElement;
        const middle = line.getPointAtLength(line.getTotalLength() / 2);
        const { x, y } = middle.matrixTransform(line.getScreenCTM() ?? undefined);
        return { x, y };
      });
    const canvas = page.locator('[data-policy-canvas]');
    const frame = await canvas.boundingBox();
    await page.locator('[aria-label="Palette"] [data-kind="split"]').dragTo(canvas, {
      targetPosition: { x: points.x - (frame?.x ?? 0), y: points.y - (frame?.y ?? 0) },
    });
    await edge('split:a').waitFor({ state: 'attached' });
    await expect.poll(async () => (await draft()).nodes.split, { timeout: 15_000 }).toBeDefined();
    const { nodes } = await draft();
    expect(nodes.task).toMatchObject({ otherwise: 'split' });
    expect(nodes.split).toMatchObject({ arms: [{ to: 'trial' }, {}] });
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await draft()).nodes.split, { timeout: 15_000 }).toBeUndefined();
    expect((await draft()).nodes.task).toMatchObject({ otherwise: 'trial' });
  });

  it('met no error on the way', () => {
    expect(errors).toEqual([]);
  });
});
