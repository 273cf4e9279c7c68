import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { askGateway, callApi, draftOf } from './support/calls.ts';
import { holdBothToAxe } from './support/hold-to-axe.ts';
import { edge as edgeOn, focusOn, holdsFocus, thing as thingOn } from './support/on-canvas.ts';

const here = anAppAndBrowser();
let page: Page;
let errors: readonly string[];

/** Large requests are answered in it, the others go on. */
const guard = (limit: number): Policy => ({
  format: 1,
  id: 'guard',
  name: 'Guard',
  entry: 'check',
  nodes: {
    check: {
      kind: 'condition',
      label: 'Too large?',
      cases: [{ id: 'large', when: `request.input_tokens > ${limit}`, to: 'big' }],
      else: 'on',
    },
    big: { kind: 'model', target: 'google/gemini-3.6-flash' },
    on: { kind: 'output', label: 'Goes on', to: null },
  },
  layout: { check: [0, 0], big: [310, 0], on: [310, 160] },
});

const desk: Policy = {
  format: 1,
  id: 'desk',
  name: 'Desk',
  entry: 'start',
  nodes: {
    start: {
      kind: 'condition',
      label: 'Tools?',
      cases: [{ id: 'yes', when: 'request.tools > 0', to: 'strong' }],
      else: 'cheap',
    },
    strong: { kind: 'model', target: 'anthropic/claude-opus-5' },
    cheap: { kind: 'model', target: 'openai/gpt-5-mini' },
  },
  layout: { start: [0, 0], strong: [310, 0], cheap: [310, 160] },
};

async function publish(policy: Policy): Promise<void> {
  const { revision } = await callApi(here.url, 'GET', `/policies/${policy.id}`);
  const saved = await callApi(here.url, 'PUT', `/policies/${policy.id}`, { policy, revision });
  await callApi(here.url, 'POST', `/policies/${policy.id}/publish`, { revision: saved.revision });
}

beforeAll(async () => {
  for (const policy of [guard(50_000), desk])
    await callApi(here.url, 'POST', '/policies', { id: policy.id, name: policy.name, policy });
  await publish(guard(50_000));
  ({ page, errors } = await here.open('/policies/desk'));
  await thing('start').waitFor();
});

const thing = (id: string) => thingOn(page, id);
const said = async () => (await page.locator('[role="status"]').allInnerTexts()).join(' ');
const settings = () => page.getByRole('region', { name: 'Settings' });
const draft = () => draftOf(here.url, 'desk');
const rows = (list: string) =>
  thing('group:guard').getByRole('list', { name: list }).getByRole('listitem').allInnerTexts();

describe('a policy that is used inside another', () => {
  it('is put into an edge with the mouse, as one card with an entrance and an output', async () => {
    await edgeOn(page, 'start:else').hover({ force: true });
    await page.locator('[data-insert="start:else"]').click({ force: true });
    const option = page.getByRole('option', { name: /^Guard v1 · 3 nodes · 1 output/ });
    await option.click();
    await focusOn(page, 'group:guard');
    expect(await rows('Goes in at')).toEqual(['Too large?']);
    expect(await rows('Goes out by')).toEqual(['Goes on']);
    await edgeOn(page, 'guard-on:to').waitFor({ state: 'attached' });
    await thing('guard-check').waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await draft()).groups?.guard)
      .toMatchObject({ collapsed: true, subpolicy: { policy: 'guard', version: 1 } });
    expect((await draft()).nodes).toMatchObject({
      start: { else: 'guard-check' },
      'guard-on': { kind: 'output', to: 'cheap' },
    });
    await settings().getByText('as taken over').waitFor();
    await holdBothToAxe(page, 'a folded sub-policy and its panel');
  });

  it('opens in place with a key, is edited there, says so, and one undo takes that back', async () => {
    await thing('group:guard').focus();
    await page.keyboard.press('g');
    await thing('guard-check').waitFor();
    await page.keyboard.press('ArrowRight');
    await focusOn(page, 'guard-check');
    await page.keyboard.press('c');
    await holdsFocus(page.getByRole('combobox', { name: /which exit/ }));
    await page.keyboard.press('Enter');
    const targets = page.getByRole('combobox', { name: 'Connect to' });
    await holdsFocus(targets);
    await targets.fill('opus');
    await page.getByRole('option', { name: /opus/ }).waitFor();
    await page.keyboard.press('Enter');
    await thing('group:guard').getByText('changed here').waitFor();
    expect(await thing('group:guard').getAttribute('aria-label')).toMatch(
      /^Sub-policy “Guard”, from guard version 1, .*changed here$/,
    );
    await thing('group:guard').locator('[data-frame-head]').click();
    await settings().getByRole('list', { name: 'What differs' }).getByText('Too large?').waitFor();
    await holdBothToAxe(page, 'an open sub-policy that was changed, and its panel');
    await thing('group:guard').focus();
    await page.keyboard.press('Control+z');
    await thing('group:guard').getByText('changed here').waitFor({ state: 'detached' });
    await settings().getByText('as taken over').waitFor();
  });

  it('stays as it is when its policy is published anew, and takes that over once the difference was seen', async () => {
    await expect
      .poll(async () => (await draft()).nodes['guard-check'])
      .toMatchObject({ cases: [{ to: 'guard-big' }] });
    await publish(guard(80_000));
    await page.reload();
    await thing('group:guard').getByText('v2 is out').waitFor();
    await thing('group:guard').locator('[data-frame-head]').click();
    await settings().getByRole('button', { name: 'Update to v2…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Update Guard to v2' });
    const differs = dialog.getByRole('list', { name: 'What differs' });
    await expect.poll(() => differs.innerText()).toContain('request.input_tokens > 80000');
    await dialog.getByRole('button', { name: 'Update to v2' }).click();
    await expect.poll(said).toContain('Update Guard to Guard v2');
    await expect.poll(async () => (await draft()).groups?.guard?.subpolicy?.version).toBe(2);
    expect((await draft()).nodes).toMatchObject({
      start: { else: 'guard-check' },
      'guard-check': { cases: [{ when: 'request.input_tokens > 80000' }] },
      'guard-on': { to: 'cheap' },
    });
    await thing('group:guard').getByText('v2 is out').waitFor({ state: 'detached' });
  });

  it('lights up in a test request, and leads a real one once the policy around it is published', async () => {
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByLabel('Message', { exact: true }).fill('Is the office open today?');
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByRole('region', { name: 'Decision' }).getByText('Goes on').first().waitFor();
    await thing('guard-on').locator('[data-tone="taken"]').waitFor();
    await thing('group:guard').focus();
    await page.keyboard.press('g');
    await thing('group:guard').locator('[data-tone="taken"]').waitFor();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect.poll(async () => (await draft()).groups?.guard?.collapsed).toBe(true);
    const { revision } = await callApi(here.url, 'GET', '/policies/desk');
    await callApi(here.url, 'POST', '/policies/desk/publish', { revision });
    const { status, headers } = await askGateway(here.app, 'Is the office open today?', 'policy/desk');
    expect(status).toBe(200);
    expect(headers.get('x-waybill-path')).toBe('start:else>guard-check:else>guard-on:to>cheap');
  });

  it('asks which stands where both it and its policy changed one place', async () => {
    const { policy, revision } = await callApi(here.url, 'GET', '/policies/desk');
    const check = { ...policy.nodes['guard-check'] };
    check.cases = [{ ...check.cases[0], when: 'request.input_tokens > 60000' }];
    const changed = { ...policy, nodes: { ...policy.nodes, 'guard-check': check } };
    await callApi(here.url, 'PUT', '/policies/desk', { policy: changed, revision });
    await publish(guard(90_000));
    await page.reload();
    await thing('group:guard').getByText('v3 is out').waitFor();
    await thing('group:guard').click();
    await settings().getByRole('button', { name: 'Update to v3…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Update Guard to v3' });
    await dialog.getByRole('button', { name: '1 to decide' }).waitFor();
    expect(await dialog.getByRole('button', { name: '1 to decide' }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: /As changed here.*60000/ }).waitFor();
    await dialog.getByRole('radio', { name: /As v3 says.*90000/ }).click();
    await dialog.getByRole('button', { name: 'Update to v3' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(async () => (await draft()).groups?.guard?.subpolicy?.version).toBe(3);
    expect((await draft()).nodes['guard-check']).toMatchObject({
      cases: [{ when: 'request.input_tokens > 90000' }],
    });
    await settings().getByText('as taken over').waitFor();
  });

  it('is named where it is used: in the list of policies', async () => {
    await page.goto(`${here.url}/policies`);
    const row = page.getByRole('row', { name: /policy\/guard/ });
    await row.getByRole('link', { name: 'Desk v3' }).waitFor();
    await row.getByRole('link', { name: 'Desk v3' }).click();
    await thing('group:guard').waitFor();
  });

  it('is made of nodes by the keyboard alone; undo brings these back, the policy stays', async () => {
    await thing('start').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+k');
    const search = page.getByPlaceholder(/^Go to a page/);
    await search.fill('Make a sub-policy');
    await page
      .getByRole('dialog')
      .locator('[data-selected]')
      .filter({ hasText: 'Make a sub-policy…' })
      .waitFor();
    await search.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Make a sub-policy' });
    const name = dialog.getByRole('textbox', { name: 'Name of the policy' });
    await holdsFocus(name);
    await page.keyboard.type('Guard');
    await page.getByText('There is a policy “Guard” already.').waitFor();
    await page.keyboard.type(' and desk');
    await page.keyboard.press('Enter');
    await focusOn(page, 'group:guard-and-desk');
    expect((await draftOf(here.url, 'guard-and-desk')).entry).toBe('start');
    await expect
      .poll(async () => (await draft()).groups?.['guard-and-desk'])
      .toMatchObject({ collapsed: true, subpolicy: { policy: 'guard-and-desk', version: null } });
    await page.keyboard.press('Control+z');
    await thing('start').waitFor();
    await thing('group:guard').waitFor();
    expect((await draftOf(here.url, 'guard-and-desk')).name).toBe('Guard and desk');
    expect(errors).toEqual([]);
  });
});
