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
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page, errors } = await openPage(browser));
  const created = await post('/api/policies', { id: 'shop', name: 'Shop', policy });
  expect(created.status).toBe(201);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

function post(path: string, body: object, method = 'POST'): Promise<Response> {
  return fetch(`${app.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${app.key}` },
    body: JSON.stringify(body),
  });
}

async function draft(): Promise<Policy> {
  const response = await fetch(`${app.url}/api/policies/shop`);
  return ((await response.json()) as { policy: Policy }).policy;
}

const dialog = () => page.getByRole('dialog', { name: /Classifier/ });

/** Adds a label by keyboard; the focus goes on to its examples. */
async function addLabel(label: string, lines: readonly string[]): Promise<void> {
  await page.getByLabel('New label').focus();
  await page.keyboard.type(label);
  await page.keyboard.press('Enter');
  await page.locator(`textarea[aria-label="Examples of ${label}"]:focus`).waitFor();
  await page.keyboard.insertText(lines.join('\n'));
}

/** In the dialog: the page behind it is held to the same elsewhere. */
async function violations(): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window of the page.
    const found = await (window as any).axe.run('[role="dialog"]', {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    });
    return found.violations.map((one: { id: string; nodes: { html: string }[] }) =>
      [one.id, ...one.nodes.slice(0, 3).map(({ html }) => html)].join(' '),
    );
  });
}

describe('an author with classes of their own', { timeout: 90_000 }, () => {
  it('makes a classifier by examples without a mouse', async () => {
    await page.goto(`${app.url}/policies/shop`);
    await page.locator('.react-flow__node[data-id="what"]').click();
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
      .poll(async () => (await draft()).nodes.what, { timeout: 15_000 })
      .toMatchObject({ classifier: 'topic', ports: { refund: null, 'opening-hours': null } });
  });

  it('benches it: labels, nearest examples, confusions, and what the needed confidence turns away', async () => {
    await page
      .getByLabel('Messages')
      .fill('text,label\n"please, I want my money back",refund\nare you open on monday,opening-hours');
    const answers = page.getByRole('table', { name: 'Answers' });
    await answers.getByText('I want my money back').last().waitFor();
    await page.getByText('2 of 2 right').waitFor();
    expect(
      await page
        .getByRole('row', { name: /^refund/ })
        .getByRole('cell')
        .allTextContents(),
    ).toEqual(['0', '1']);
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
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('renames a label and undoes it, and the exits follow', async () => {
    const name = page.getByLabel('Name of label refund');
    await name.fill('money-back');
    await name.press('Enter');
    await expect
      .poll(async () => (await draft()).nodes.what, { timeout: 15_000 })
      .toMatchObject({ ports: { 'money-back': null } });
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Classifier' }).waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect
      .poll(async () => (await draft()).nodes.what, { timeout: 15_000 })
      .toMatchObject({ ports: { refund: null } });
  });

  it('connects the exits, tests a request, publishes, and a live request takes the exit of its label', async () => {
    for (const [exit, to] of [
      ['refund', 'strong'],
      ['opening-hours', 'cheap'],
    ] as const) {
      await page.locator('.react-flow__node[data-id="what"]').click();
      const row = page.locator(`[data-exit="${exit}"]`);
      await row.getByRole('combobox').or(row.getByRole('textbox')).first().click();
      await page
        .getByRole('option', { name: to === 'strong' ? /opus/ : /gpt-5-mini/ })
        .first()
        .click();
    }
    await expect
      .poll(async () => (await draft()).nodes.what, { timeout: 15_000 })
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
    const deployed = await post('/api/deployments/shop', { policy: 'shop' }, 'PUT');
    expect(deployed.status, await deployed.text()).toBeLessThan(300);
    const live = await post('/v1/chat/completions', {
      model: 'shop',
      messages: [{ role: 'user', content: 'please, I want my money back' }],
    });
    expect(live.headers.get('x-waybill-path')).toBe('what:refund>strong');
    expect(errors).toEqual([]);
  });
});
