import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { callApi, draftOf } from './support/calls.ts';
import { focusOn, thing } from './support/on-canvas.ts';

const here = anAppAndBrowser();
let count = 0;

/** A policy with two things wrong: a condition with a misspelt signal, a split whose shares do not add up. */
const nodes: Policy['nodes'] = {
  long: {
    kind: 'condition',
    label: 'Long?',
    cases: [{ id: 'yes', when: 'request.input_tokns > 60000', to: 'trial' }],
    else: 'cheap',
  },
  trial: {
    kind: 'split',
    label: 'Trial',
    by: 'draw',
    arms: [
      { id: 'a', share: 0.5, to: 'cheap' },
      { id: 'b', share: 0.3, to: 'cheap' },
    ],
  },
  cheap: { kind: 'model', target: 'openai/gpt-5-mini' },
};

async function openBrokenPolicy(): Promise<{ page: Page; id: string; errors: readonly string[] }> {
  count += 1;
  const id = `broken-${count}`;
  const policy = { format: 1, id, name: id, entry: 'long', nodes };
  await callApi(here.url, 'POST', '/policies', { id, name: id, policy });
  const { page, errors } = await here.open(`/policies/${id}`);
  await thing(page, 'long').waitFor();
  return { page, id, errors };
}

const draft = (id: string) => draftOf(here.url, id);

describe('the inspector', () => {
  it('marks the misspelt word, completes it, and then shows the condition as rows', async () => {
    const { page, id, errors } = await openBrokenPolicy();
    await thing(page, 'long').click();
    const field = page.getByRole('combobox', { name: 'Condition of case 1' });
    await field.waitFor();
    await expect.poll(() => page.locator('[data-wrong]').allTextContents()).toEqual(['input_tokns']);

    await field.fill('');
    await field.pressSequentially('request.inp');
    await page.getByRole('option', { name: /^request\.input_tokens/ }).waitFor();
    await page.keyboard.press('Enter');
    await field.pressSequentially(' > 5000');
    await expect.poll(() => field.inputValue()).toBe('request.input_tokens > 5000');
    await field.hover({ position: { x: 40, y: 16 } });
    const told = page.getByRole('tooltip').filter({ hasText: 'request.input_tokens >=' });
    await told.getByText('whole number, tokens').waitFor();
    await page.keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await draft(id)).nodes.long)
      .toMatchObject({
        cases: [{ when: 'request.input_tokens > 5000' }],
      });

    await page.getByText('Builder', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill('9000');
    await expect
      .poll(async () => (await draft(id)).nodes.long)
      .toMatchObject({
        cases: [{ when: 'request.input_tokens > 9000' }],
      });
    expect(errors).toEqual([]);
  });

  it('takes the author from a problem to its field, and mends shares in one step', async () => {
    const { page, id } = await openBrokenPolicy();
    await page.getByRole('tab', { name: /Problems/ }).click();
    await page.getByRole('button', { name: /There is no signal/ }).click();
    await page.locator('[data-field="cases.0.when"] :focus').waitFor();

    await page.getByRole('button', { name: 'Balance', exact: true }).click();
    await expect
      .poll(async () => (await draft(id)).nodes.trial)
      .toMatchObject({
        arms: [{ share: 0.625 }, { share: 0.375 }],
      });
    await page.getByRole('button', { name: /The shares add up/ }).waitFor({ state: 'detached' });
  });

  it('connects an exit without a mouse, and gives the focus back to the card with Escape', async () => {
    const { page, id } = await openBrokenPolicy();
    await thing(page, 'trial').click();
    await focusOn(page, 'trial');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).waitFor();
    await page
      .getByRole('combobox', { name: /Exit “30 %” leads to|leads to/ })
      .last()
      .focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: '+ New model' }).click();
    await expect.poll(async () => Object.keys((await draft(id)).nodes).length).toBe(4);
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__node:focus').waitFor();
  });
});
