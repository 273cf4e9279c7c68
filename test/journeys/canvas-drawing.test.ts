import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi, draftOf } from './support/calls.ts';
import {
  addByKey,
  boxOf,
  centreOf,
  drag,
  edge,
  focusOn,
  holdsFocus,
  openEmptyPolicy,
  thing,
} from './support/on-canvas.ts';

const here = anAppAndBrowser();

/** The draft as the server holds it, once it fits. */
async function savedPolicy(id: string, fits: (policy: Policy) => boolean): Promise<Policy> {
  let policy: Policy | undefined;
  await expect
    .poll(async () => {
      policy = await draftOf(here.url, id);
      return fits(policy);
    })
    .toBe(true);
  if (policy === undefined) throw new Error('The policy could not be read.');
  return policy;
}

const card = (page: Page, name: string) => page.locator('.react-flow__node', { hasText: name });

describe('a policy drawn with the mouse', () => {
  it('from an empty canvas: a condition, a model dragged in, another from an exit, one inserted into an edge', async () => {
    const { page, id, errors } = await openEmptyPolicy(here);
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
    const source = (exit: string) => page.locator(`.react-flow__handle.source[data-handleid="${exit}"]`);
    const model = await centreOf(thing(page, 'gpt-5-mini'));
    await drag(page, await centreOf(source('yes')), model);
    await edge(page, 'condition:yes').waitFor({ state: 'attached' });

    // The other exit, dragged into the open: the picker opens there.
    const open = await centreOf(source('else'));
    await drag(page, open, { x: open.x + 180, y: open.y + 200 });
    await page.getByRole('combobox', { name: 'Add a node' }).fill('haiku');
    await page.getByRole('option', { name: /haiku/ }).first().click();
    await edge(page, 'condition:else').waitFor({ state: 'attached' });

    // Into the first edge, by its plus.
    await edge(page, 'condition:yes').hover();
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
    const { page, id } = await openEmptyPolicy(here);
    await page
      .getByRole('button', { name: /^Condition/ })
      .last()
      .click();
    const before = await savedPolicy(id, ({ nodes }) => nodes.condition !== undefined);
    const box = await boxOf(thing(page, 'condition'));
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
    const { page } = await openEmptyPolicy(here);
    await addByKey(page, 'condition', 'condition');
    await addByKey(page, 'split', 'split');
    const target = await centreOf(thing(page, 'condition'));
    const exit = thing(page, 'split').locator('.react-flow__handle.source[data-handleid="a"]');
    await drag(page, await centreOf(exit), target);
    await page
      .getByRole('alert')
      .getByText(/circle/)
      .waitFor();
    expect(await page.locator('.react-flow__edge').count()).toBe(1);
  });
});

describe('a policy drawn with the keyboard alone', () => {
  it('from an empty canvas to one that can be published', async () => {
    const { page, id, errors } = await openEmptyPolicy(here);
    await addByKey(page, 'condition', 'condition');
    await addByKey(page, 'split', 'split');
    await addByKey(page, 'claude-haiku-4-5', 'claude-haiku-4-5');

    // Back to the split; its second arm to a new model; back to the condition.
    await page.keyboard.press('ArrowLeft');
    await focusOn(page, 'split');
    await addByKey(page, 'openai/gpt-5-mini', 'gpt-5-mini');
    await page.keyboard.press('ArrowLeft');
    await focusOn(page, 'split');
    await page.keyboard.press('ArrowLeft');
    await focusOn(page, 'condition');

    // Connect to…: the exit “else”, then a node that is there already.
    await page.keyboard.press('c');
    await holdsFocus(page.getByRole('combobox', { name: /which exit/ }));
    await page.keyboard.type('else');
    await page.keyboard.press('Enter');
    await holdsFocus(page.getByRole('combobox', { name: 'Connect to' }));
    await page.keyboard.type('gpt-5-mini');
    await page.keyboard.press('Enter');
    await edge(page, 'condition:else').waitFor({ state: 'attached' });

    // Rename, then nudge: one step for three presses, which come as fast as those of a key held down.
    await focusOn(page, 'condition');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name of the node' }).fill('Long?');
    await page.keyboard.press('Enter');
    await focusOn(page, 'condition');
    await thing(page, 'condition').evaluate((node) => {
      const held = { key: 'ArrowUp', altKey: true, bubbles: true, cancelable: true };
      for (let press = 0; press < 3; press += 1) node.dispatchEvent(new KeyboardEvent('keydown', held));
    });
    const policy = await savedPolicy(
      id,
      ({ nodes, layout }) => nodes.condition?.label === 'Long?' && layout.condition?.[1] === -30,
    );
    expect(policy.nodes.condition).toMatchObject({ cases: [{ to: 'split' }], else: 'gpt-5-mini' });
    expect(policy.nodes.split).toMatchObject({ arms: [{ to: 'claude-haiku-4-5' }, { to: 'gpt-5-mini' }] });
    await page.keyboard.press('Control+z');
    await savedPolicy(id, ({ layout }) => layout.condition?.[1] === 0);

    // Nothing is left to mend, so it can be published.
    const { revision } = await callApi(here.url, 'GET', `/policies/${id}`);
    await callApi(here.url, 'POST', `/policies/${id}/publish`, { revision });
    expect(errors).toEqual([]);
  });

  it('deletes and heals, copies and pastes, and tells every step to a screen reader', async () => {
    const { page, id } = await openEmptyPolicy(here);
    await addByKey(page, 'condition', 'condition');
    await addByKey(page, 'refuse', 'refuse');
    await page.getByRole('status').getByText('Add refuse').waitFor({ state: 'attached' });

    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    const doubled = await savedPolicy(id, ({ nodes }) => Object.keys(nodes).length === 4);
    expect(doubled.nodes['condition-2']).toMatchObject({ cases: [{ to: 'refuse-2' }] });

    await page.keyboard.press('Control+z');
    await page.keyboard.press('ArrowRight');
    await savedPolicy(id, ({ nodes }) => Object.keys(nodes).length === 2);
    await thing(page, 'refuse').focus();
    await page.keyboard.press('Delete');
    const left = await savedPolicy(id, ({ nodes }) => Object.keys(nodes).length === 1);
    expect(left.nodes.condition).toMatchObject({ cases: [{ to: null }] });
  });
});
