import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { askGateway, callApi, draftOf } from './support/calls.ts';
import { holdBothToAxe, wcag21 } from './support/hold-to-axe.ts';
import { thing } from './support/on-canvas.ts';

const here = anAppAndBrowser();
let page: Page;
let errors: readonly string[];

const policy = {
  format: 1,
  id: 'shop',
  name: 'Shop',
  entry: 'what',
  nodes: {
    what: { kind: 'classifier', ports: { code: 'strong' }, otherwise: 'cheap', confidence: 0.3 },
    strong: { kind: 'model', target: 'anthropic/claude-opus-5' },
    cheap: { kind: 'model', target: 'openai/gpt-5-mini' },
  },
};

beforeAll(async () => {
  ({ page, errors } = await here.open());
  await callApi(here.url, 'POST', '/policies', { id: 'shop', name: 'Shop', policy });
});

const draft = () => draftOf(here.url, 'shop');

const dialog = () => page.getByRole('dialog', { name: /Classifier/ });

/** Adds a label by keyboard; the focus goes on to its examples. */
async function addLabel(label: string, lines: readonly string[]): Promise<void> {
  await page.getByLabel('New label').focus();
  await page.keyboard.type(label);
  await page.keyboard.press('Enter');
  await page.locator(`textarea[aria-label="Examples of ${label}"]:focus`).waitFor();
  await page.keyboard.insertText(lines.join('\n'));
}

describe('an author with classes of their own', () => {
  it('makes a classifier by examples without a mouse', async () => {
    await page.goto(`${here.url}/policies/shop`);
    await thing(page, 'what').click();
    await page.getByRole('button', { name: 'New classifier…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /By examples/ }).focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await addLabel('refund', ['I want my money back', 'please refund the payment', 'how do I get a refund']);
    await addLabel('opening-hours', [
      'when are you open',
      'are you open on sunday',
      'what time do you close',
    ]);
    await expect
      .poll(async () => (await draft()).nodes.what)
      .toMatchObject({ classifier: 'topic', ports: { refund: null, 'opening-hours': null } });
  });

  it('benches it: labels, nearest examples, confusions, and what the needed confidence turns away', async () => {
    await page
      .getByLabel('Messages')
      .fill('text,label\n"please, I want my money back",refund\nare you open on monday,opening-hours');
    const answers = page.getByRole('table', { name: 'Answers' });
    await answers.getByText('I want my money back').last().waitFor();
    await page.getByText('2 of 2 right').waitFor();
    const confusions = page.getByRole('row', { name: /^refund/ }).getByRole('cell');
    await expect.poll(() => confusions.allTextContents()).toEqual(['0', '1']);
    await page
      .getByRole('region', { name: 'Bench' })
      .getByRole('textbox', { name: 'Needed confidence' })
      .fill('100');
    await page.getByText('2 of 2 messages').waitFor();
    await page
      .getByRole('region', { name: 'Bench' })
      .getByRole('textbox', { name: 'Needed confidence' })
      .fill('30');
    await page.getByText('0 of 2 messages').waitFor();
    // The page behind the dialog is held to the same elsewhere.
    await holdBothToAxe(page, 'the dialog', { rules: wcag21, within: '[role="dialog"]' });
  });

  it('renames a label and undoes it, and the exits follow', async () => {
    const name = page.getByLabel('Name of label refund');
    await name.fill('money-back');
    await name.press('Enter');
    await expect
      .poll(async () => (await draft()).nodes.what)
      .toMatchObject({ ports: { 'money-back': null } });
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Classifier' }).waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(async () => (await draft()).nodes.what).toMatchObject({ ports: { refund: null } });
  });

  it('connects the exits, tests a request, publishes, and a live request takes the exit of its label', async () => {
    for (const [exit, to] of [
      ['refund', 'strong'],
      ['opening-hours', 'cheap'],
    ] as const) {
      await thing(page, 'what').click();
      const row = page.locator(`[data-exit="${exit}"]`);
      await row.getByRole('combobox').or(row.getByRole('textbox')).first().click();
      await page
        .getByRole('option', { name: to === 'strong' ? /opus/ : /gpt-5-mini/ })
        .first()
        .click();
    }
    await expect
      .poll(async () => (await draft()).nodes.what)
      .toMatchObject({ ports: { refund: 'strong', 'opening-hours': 'cheap' } });

    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByLabel('Message', { exact: true }).fill('please, I want my money back');
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByRole('region', { name: 'Decision' }).waitFor();

    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByRole('dialog').getByLabel(/Note/).fill('Own classes');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish/ })
      .click();
    await page.getByText('Published, v1').first().waitFor();
    await callApi(here.url, 'PUT', '/deployments/shop', { policy: 'shop' });
    const live = await askGateway(here.app, 'please, I want my money back', 'shop');
    expect(live.headers.get('x-waybill-path')).toBe('what:refund>strong');
    expect(errors).toEqual([]);
  });
});
