import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { AppAndBrowser } from './app-and-browser.ts';
import { callApi } from './calls.ts';
import type { OpenPage } from './open-browser.ts';

/** A node, note or group of the drawing. */
export const thing = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);

export const edge = (page: Page, id: string): Locator => page.locator(`.react-flow__edge[data-id="${id}"]`);

/** A new, empty policy, open in the editor. */
export async function openEmptyPolicy(here: AppAndBrowser): Promise<OpenPage & { readonly id: string }> {
  const id = `drawn-${randomUUID().slice(0, 8)}`;
  await callApi(here.url, 'POST', '/policies', { id, name: id });
  const opened = await here.open(`/policies/${id}`);
  await opened.page.getByRole('region', { name: 'Add the first node' }).waitFor();
  return { ...opened, id };
}

/** Adds what is found by these words, with the keyboard; the focus is on it then. */
export async function addByKey(page: Page, words: string, id: string): Promise<void> {
  await page.keyboard.press('a');
  await holdsFocus(page.getByRole('combobox', { name: 'Add a node' }));
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await focusOn(page, id);
}

/** Selects a node with the mouse, once it rests: a press on what is still on its way is a drag, not a click. */
export async function choose(page: Page, id: string): Promise<void> {
  await boxOf(thing(page, id));
  await thing(page, id).click();
  await page.locator(`.react-flow__node.selected[data-id="${id}"]`).waitFor();
}

/** Waits until a node has the focus: a click or an arrow moves it a frame or two later. */
export async function focusOn(page: Page, id: string): Promise<void> {
  await page.locator(`.react-flow__node[data-id="${id}"]:focus`).waitFor();
}

/** Waits until a field has the focus: what is typed goes there then. */
export async function holdsFocus(field: Locator): Promise<void> {
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
}

/** Gives a node a name on its card. */
export async function renameOnCard(page: Page, id: string, name: string): Promise<void> {
  await thing(page, id).click();
  await focusOn(page, id);
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Name of the node' });
  await field.fill(name);
  await field.press('Enter');
  await thing(page, id).filter({ hasText: name }).waitFor();
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Frames in which nothing moves: a view that is fitted anew begins to a moment after what asked for it. */
const restingFrames = 12;

/** Where something is, once it rests. */
export async function boxOf(place: Locator): Promise<Box> {
  await place.evaluate(async (element, frames) => {
    const look = () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${x} ${y} ${width} ${height}`;
    };
    let before = '';
    for (let still = 0; still < frames; still += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = look();
      if (now !== before) still = 0;
      before = now;
    }
  }, restingFrames);
  const box = await place.boundingBox();
  if (box === null) throw new Error(`${place} is not on the page.`);
  return box;
}

export const centreOf = async (place: Locator): Promise<Point> => {
  const { x, y, width, height } = await boxOf(place);
  return { x: x + width / 2, y: y + height / 2 };
};

export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}
