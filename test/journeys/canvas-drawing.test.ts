import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { openBrowser, openPage } from './support/open-browser.ts';
import { type App, startApp } from './support/start-app.ts';

let app: App;
let browser: Browser;
let count = 0;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** A new, empty policy, open in the editor. */
async function openEmptyPolicy(): Promise<{ page: Page; id: string; errors: readonly string[] }> {
  count += 1;
  const id = `drawn-${count}`;
  await fetch(`${app.url}/api/policies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, name: `Drawn ${count}` }),
  });
  const { page, errors } = await openPage(browser);
  await page.goto(`${app.url}/policies/${id}`);
  await page.getByRole('region', { name: 'Add the first node' }).waitFor();
  return { page, id, errors };
}

/** The draft as the server holds it, once it fits. */
async function savedPolicy(id: string, fits: (policy: Policy) => boolean): Promise<Policy> {
  let policy: Policy | undefined;
  await expect
    .poll(
      async () => {
        const response = await fetch(`${app.url}/api/policies/${id}`);
        policy = ((await response.json()) as { policy: Policy }).policy;
        return fits(policy);
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  if (policy === undefined) throw new Error('The policy could not be read.');
  return policy;
}

const card = (page: Page, name: string) => page.locator('.react-flow__node', { hasText: name });

describe('a policy drawn with the mouse', { timeout: 90_000 }, () => {
  it('from an empty canvas: a condition, a model dragged in, another from an exit, one inserted into an edge', async () => {
    const { page, id, errors } = await openEmptyPolicy();
    await page
      .getByRole('button', { name: /^Condition/ })
      .last()
      .click();
    await card(page, 'Condition').waitFor();

    // A model out of the palette onto the canvas, then a wire from the first exit onto the whole card.
    const canvas = page.locator('[data-policy-canvas]');
    await page
      .locator('[aria-label="Palette"] [data-kind="model"]')
      .dragTo(canvas, { targetPosition: { x: 640, y: 120 } });
    await card(page, 'gpt-5-mini').waitFor();
    const exit = await boxOf(page, '.react-flow__handle.source[data-handleid="yes"]');
    const model = await boxOf(page, '.react-flow__node[data-id="gpt-5-mini"]');
    await drag(page, centre(exit), centre(model));
    await page.locator('.react-flow__edge[data-id="condition:yes"]').waitFor({ state: 'attached' });

    // The other exit, dragged into the open: the picker opens there.
    const open = await boxOf(page, '.react-flow__handle.source[data-handleid="else"]');
    await drag(page, centre(open), { x: centre(open).x + 180, y: centre(open).y + 200 });
    await page.getByRole('combobox', { name: 'Add a node' }).fill('haiku');
    await page.getByRole('option', { name: /haiku/ }).first().click();
    await page.locator('.react-flow__edge[data-id="condition:else"]').waitFor({ state: 'attached' });

    // Into the first edge, by its plus.
    await page.locator('.react-flow__edge[data-id="condition:yes"]').hover();
    await page.locator('[data-insert="condition:yes"]').click({ force: true });
    await page.getByRole('option', { name: /^Fallback/ }).click();

    const policy = await savedPolicy(id, ({ nodes }) => nodes.fallback !== undefined);
    expect(policy.entry).toBe('condition');
    expect(policy.nodes.fallback).toMatchObject({ kind: 'fallback', try: ['gpt-5-mini'] });
    expect(policy.nodes.condition).toMatchObject({ cases: [{ id: 'yes', to: 'fallback' }] });
    expect(Object.keys(policy.layout).sort()).toEqual(Object.keys(policy.nodes).sort());
    expect(errors).toEqual([]);
  });

  it('takes back a drag as one step', async () => {
    const { page, id } = await openEmptyPolicy();
    await page
      .getByRole('button', { name: /^Condition/ })
      .last()
      .click();
    const before = await savedPolicy(id, ({ nodes }) => nodes.condition !== undefined);
    const box = await boxOf(page, '.react-flow__node[data-id="condition"]');
    await drag(page, { x: box.x + 80, y: box.y + 20 }, { x: box.x + 280, y: box.y + 160 });
    await savedPolicy(id, ({ layout }) => layout.condition?.[0] !== before.layout.condition?.[0]);
    await page.keyboard.press('Control+z');
    const after = await savedPolicy(
      id,
      ({ layout }) => layout.condition?.[0] === before.layout.condition?.[0],
    );
    expect(after).toEqual(before);
  });

  it('refuses a circle and says why', async () => {
    const { page } = await openEmptyPolicy();
    await page.keyboard.press('a');
    await page.keyboard.type('condition');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node[data-id="condition"]:focus').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.type('split');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node[data-id="split"]:focus').waitFor();
    const exit = await boxOf(
      page,
      '.react-flow__node[data-id="split"] .react-flow__handle.source[data-handleid="a"]',
    );
    const target = await boxOf(page, '.react-flow__node[data-id="condition"]');
    await drag(page, centre(exit), centre(target));
    await page
      .getByRole('alert')
      .getByText(/circle/)
      .waitFor();
    expect(await page.locator('.react-flow__edge').count()).toBe(1);
  });
});

describe('a policy drawn with the keyboard alone', { timeout: 90_000 }, () => {
  it('from an empty canvas to one that can be published', async () => {
    const { page, id, errors } = await openEmptyPolicy();
    const add = async (what: string, expected: string): Promise<void> => {
      await page.keyboard.press('a');
      await page.getByRole('combobox', { name: 'Add a node' }).waitFor();
      await page.keyboard.type(what);
      await page.keyboard.press('Enter');
      await page.locator(`.react-flow__node[data-id="${expected}"]:focus`).waitFor();
    };
    await add('condition', 'condition');
    await add('split', 'split');
    await add('claude-haiku-4-5', 'claude-haiku-4-5');

    // Back to the split; its second arm to a new model; back to the condition.
    await page.keyboard.press('ArrowLeft');
    await page.locator('.react-flow__node[data-id="split"]:focus').waitFor();
    await add('openai/gpt-5-mini', 'gpt-5-mini');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.locator('.react-flow__node[data-id="condition"]:focus').waitFor();

    // Connect to…: the exit “else”, then a node that is there already.
    await page.keyboard.press('c');
    await page.getByRole('combobox', { name: /which exit/ }).waitFor();
    await page.keyboard.type('else');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Connect to' }).waitFor();
    await page.keyboard.type('gpt-5-mini');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__edge[data-id="condition:else"]').waitFor({ state: 'attached' });

    // Rename, then nudge: one step for three presses.
    await page.locator('.react-flow__node[data-id="condition"]:focus').waitFor();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name of the node' }).fill('Long?');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node[data-id="condition"]:focus').waitFor();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Alt+ArrowUp');
    const policy = await savedPolicy(
      id,
      ({ nodes, layout }) => nodes.condition?.label === 'Long?' && layout.condition?.[1] === -30,
    );
    expect(policy.nodes.condition).toMatchObject({ cases: [{ to: 'split' }], else: 'gpt-5-mini' });
    expect(policy.nodes.split).toMatchObject({ arms: [{ to: 'claude-haiku-4-5' }, { to: 'gpt-5-mini' }] });
    await page.keyboard.press('Control+z');
    await savedPolicy(id, ({ layout }) => layout.condition?.[1] === 0);

    // Nothing is left to mend, so it can be published.
    const checked = await fetch(`${app.url}/api/policies/${id}`).then((response) => response.json());
    const published = await fetch(`${app.url}/api/policies/${id}/publish`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ revision: checked.revision }),
    });
    expect(published.status).toBe(200);
    expect(errors).toEqual([]);
  });

  it('deletes and heals, copies and pastes, and tells every step to a screen reader', async () => {
    const { page, id } = await openEmptyPolicy();
    await page.keyboard.press('a');
    await page.keyboard.type('condition');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node[data-id="condition"]:focus').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.type('refuse');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node[data-id="refuse"]:focus').waitFor();
    await page.getByRole('status').getByText('Add refuse').waitFor({ state: 'attached' });

    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    const doubled = await savedPolicy(id, ({ nodes }) => Object.keys(nodes).length === 4);
    expect(doubled.nodes['condition-2']).toMatchObject({ cases: [{ to: 'refuse-2' }] });

    await page.keyboard.press('Control+z');
    await page.keyboard.press('ArrowRight');
    await savedPolicy(id, ({ nodes }) => Object.keys(nodes).length === 2);
    await page.locator('.react-flow__node[data-id="refuse"]').focus();
    await page.keyboard.press('Delete');
    const left = await savedPolicy(id, ({ nodes }) => Object.keys(nodes).length === 1);
    expect(left.nodes.condition).toMatchObject({ cases: [{ to: null }] });
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page.`);
  return box;
}

function centre(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}
