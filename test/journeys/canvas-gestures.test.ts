import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { askGateway, draftOf } from './support/calls.ts';
import { boxOf, centreOf, drag, edge, thing } from './support/on-canvas.ts';

const here = anAppAndBrowser();
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  ({ page, errors } = await here.open());
  // What is served before the page listens is not shown.
  const listening = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/traffic');
  await page.goto(`${here.url}/policies/support`);
  await thing(page, 'task').waitFor();
  await listening;
});

const draft = () => draftOf(here.url, 'support');
const boxOfNode = (id: string) => boxOf(thing(page, id));

describe('the first policy on the canvas', () => {
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
    const { headers } = await askGateway(
      here.app,
      'Fix this: TypeError: Cannot read properties of undefined',
    );
    expect(headers.get('x-waybill-path')).toMatch(/^size:else.*task:code/);
    const lit = () => page.evaluate(() => (window as unknown as { lit: string[] }).lit);
    await expect
      .poll(lit)
      .toEqual(expect.arrayContaining(['size:else', 'task:code', 'size', 'task', 'strong']));
    expect(await lit()).not.toContain('task:otherwise');
  });

  it('takes the press of a hand that trembles for a click, and moves nothing', async () => {
    const before = await draft();
    const { x, y } = await centreOf(thing(page, 'strong'));
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 2, y + 2);
    await page.mouse.up();
    await page.locator('.react-flow__node.selected[data-id="strong"]').waitFor();
    expect(await draft()).toEqual(before);
  });

  it('selects what a box drawn with Shift goes round, and moves it as one step', async () => {
    const [strong, trial] = [await boxOfNode('strong'), await boxOfNode('trial')];
    await page.keyboard.down('Shift');
    await drag(
      page,
      { x: strong.x - 14, y: strong.y - 14 },
      { x: trial.x + trial.width + 14, y: trial.y + trial.height + 14 },
    );
    await page.keyboard.up('Shift');
    await page.getByRole('heading', { name: '2 nodes' }).waitFor();
    await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(2);

    const before = await draft();
    const handle = await boxOfNode('trial');
    await drag(page, { x: handle.x + 60, y: handle.y + 20 }, { x: handle.x + 60, y: handle.y + 90 });
    const heights = async () => {
      const { layout } = await draft();
      return ['strong', 'trial', 'task'].map((id) => (layout[id]?.[1] ?? 0) - (before.layout[id]?.[1] ?? 0));
    };
    await expect.poll(async () => (await heights())[0]).toBeGreaterThan(0);
    const [movedStrong, movedTrial, movedTask] = await heights();
    expect(movedTrial).toBe(movedStrong);
    expect(movedTask).toBe(0);
    await page.keyboard.press('Control+z');
    await expect.poll(draft).toEqual(before);
  });

  it('takes a kind dropped onto an edge in between its two ends', async () => {
    const canvas = page.locator('[data-policy-canvas]');
    const frame = await boxOf(canvas);
    await boxOfNode('task');
    const points = await edge(page, 'task:otherwise')
      .locator('[data-pulse]')
      .first()
      .evaluate((path) => {
        const line = path as SVGPathElement;
        const middle = line.getPointAtLength(line.getTotalLength() / 2);
        const { x, y } = middle.matrixTransform(line.getScreenCTM() ?? undefined);
        return { x, y };
      });
    await page.locator('[aria-label="Palette"] [data-kind="split"]').dragTo(canvas, {
      targetPosition: { x: points.x - frame.x, y: points.y - frame.y },
    });
    await edge(page, 'split:a').waitFor({ state: 'attached' });
    await expect.poll(async () => (await draft()).nodes.split).toBeDefined();
    const { nodes } = await draft();
    expect(nodes.task).toMatchObject({ otherwise: 'split' });
    expect(nodes.split).toMatchObject({ arms: [{ to: 'trial' }, {}] });
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await draft()).nodes.split).toBeUndefined();
    expect((await draft()).nodes.task).toMatchObject({ otherwise: 'trial' });
  });

  it('met no error on the way', () => {
    expect(errors).toEqual([]);
  });
});
