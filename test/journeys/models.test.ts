import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionOf, startVendor, type Vendor } from './support/a-vendor.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { recordOf } from './support/calls.ts';
import { holdToAxe } from './support/hold-to-axe.ts';
import { holdsFocus } from './support/on-canvas.ts';
import { type App, ownUpstreamsOnly, startApp } from './support/start-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-models-'));
const dataFolder = join(folder, 'data');
const secret = 'wb-models-journey-0123456789';
let vendor: Vendor | undefined;
let page: Page;
let errors: readonly string[];

/** A vendor that knows one key, and answers every chat with the same usage. */
function startModels(): Promise<Vendor> {
  const refusal = { error: { message: 'Incorrect API key provided', type: 'invalid_request_error' } };
  return startVendor(({ method, headers }) => {
    if (headers.authorization !== 'Bearer sk-good-0123456789') return { status: 401, body: refusal };
    return { body: method === 'POST' ? completionOf(1_000, 200) : { object: 'list', data: [] } };
  });
}

function start(): Promise<App> {
  const env = { ...ownUpstreamsOnly, WAYBILL_CONFIG: join(folder, 'waybill.json') };
  return startApp({ dataFolder, env });
}

async function firstStart(): Promise<App> {
  vendor = await startModels();
  const base_url = `${vendor.url}/v1`;
  const config = {
    providers: [
      { id: 'good', kind: 'openai-compatible', base_url, api_key: 'sk-good-0123456789' },
      { id: 'stale', kind: 'openai-compatible', base_url, api_key: 'sk-stale-0123456789' },
    ],
    keys: [{ id: 'journey', secret }],
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  return start();
}

// Hooks that end things run in the order of a stack: these go last.
afterAll(async () => {
  await vendor?.close();
  rmSync(folder, { recursive: true, force: true });
});
const here = anAppAndBrowser(firstStart);
beforeAll(async () => {
  ({ page, errors } = await here.open());
});

const table = () => page.getByRole('table', { name: 'Models' });
const rows = () => table().locator('tbody tr');
const firstId = () => rows().first().locator('code').first().textContent();
const counted = () => page.getByRole('status').filter({ hasText: 'models' }).textContent();
const drawer = () => page.getByRole('dialog').filter({ hasText: 'What is known' });

const mustBeClean = (what: string) => holdToAxe(page, what, { seriousOnly: true });

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** What the log says one request to a model cost, in nano-dollars. */
async function costOf(model: string): Promise<unknown> {
  const client = new OpenAI({ baseURL: `${here.url}/v1`, apiKey: secret, maxRetries: 0 });
  const { response } = await client.chat.completions
    .create({ model, messages: [{ role: 'user', content: 'Say hello.' }] })
    .withResponse();
  const record = await recordOf(here.url, response.headers.get('x-waybill-request-id') ?? '');
  return record['cost.nano_usd'];
}

describe('the catalogue, with the mouse', () => {
  it('lists more than 200 models', async () => {
    await page.goto(`${here.url}/models`);
    await table().waitFor();
    const count = async () =>
      Number(/^([\d,]+) models$/.exec((await counted()) ?? '')?.[1]?.replaceAll(',', ''));
    await expect.poll(count).toBeGreaterThan(200);
    await mustBeClean('the list');
  });

  it('narrows by price, context, ability and provider, and sorts by what a head says', async () => {
    await choose('Input price', 'Up to $0.50');
    await choose('Context', '1M and more');
    await page.getByText('Images', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Provider' }).fill('goo');
    await page.getByRole('option', { name: 'google', exact: true }).click();
    await expect.poll(counted).toMatch(/^\d+ of [\d,]+ models$/);
    await page.getByRole('button', { name: 'Output' }).click();
    await expect.poll(async () => table().locator('th[aria-sort="descending"]').textContent()).toBe('Output');
    await expect.poll(firstId).toMatch(/^google\//);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(counted).toMatch(/^[\d,]+ models$/);
  });

  it('opens a model: its price by class, tier and mode with date and source', async () => {
    await page.getByRole('textbox', { name: 'Search models' }).fill('openai/gpt-5.4 ');
    await expect.poll(firstId).toMatch(/gpt-5\.4/);
    await rows()
      .filter({ has: page.getByText('openai/gpt-5.4', { exact: true }) })
      .first()
      .click();
    const price = page.getByRole('table', { name: 'Price in USD per million tokens' });
    await price.getByText('Priority').waitFor();
    await expect.poll(() => price.getByText('above 271,999 tokens').count()).toBeGreaterThan(1);
    await drawer()
      .getByText(/From genai-prices .* as of \d{4}-\d\d-\d\d/)
      .waitFor();
    expect(new URL(page.url()).searchParams.get('model')).toBe('openai/gpt-5.4');
    await mustBeClean('a model');
    await page.goBack();
    await expect.poll(() => drawer().count()).toBe(0);
  });
});

describe('a model of one’s own, with the keyboard', () => {
  it('is refused field by field until it is right', async () => {
    await page.goto(`${here.url}/models`);
    await table().waitFor();
    await page.getByRole('button', { name: 'Add model' }).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Add a model' });
    await holdsFocus(form.getByLabel('Id'));
    await page.keyboard.type('llama');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Own Llama');
    await page.keyboard.press('Tab');
    await page.keyboard.type('128000');
    await form.getByLabel('Input', { exact: true }).focus();
    await page.keyboard.type('cheap');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0.40');
    await mustBeClean('adding a model');
    await page.keyboard.press('Enter');
    await form.getByText(/must be USD per million tokens/).waitFor();
    await form.getByLabel('Input', { exact: true }).fill('0.10');
    await page.keyboard.press('Enter');
    await form.getByText(/must be <provider>\/<model>/).waitFor();
    await form.getByLabel('Id').fill('good/own-llama');
    await page.keyboard.press('Enter');
    await drawer().getByText('$0.10').first().waitFor();
    await expect.poll(() => drawer().getByText('custom').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => drawer().count()).toBe(0);
  });

  it('is found with / and opened with Enter', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('own-llama');
    await expect.poll(() => rows().count()).toBe(1);
    await expect.poll(firstId).toBe('good/own-llama');
    await rows().first().focus();
    await page.keyboard.press('Enter');
    await drawer().waitFor();
  });

  it('is called and priced at once: the log’s cost is its tokens at its price', async () => {
    // 1,000 × $0.10 + 200 × $0.40 per million
    expect(await costOf('good/own-llama')).toBe(180_000);
  });

  it('costs what it is changed to, from the next request on', async () => {
    await drawer().getByRole('button', { name: 'Edit' }).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Edit Own Llama' });
    await form.getByLabel('Output', { exact: true }).fill('4');
    await page.keyboard.press('Enter');
    await expect.poll(() => form.count()).toBe(0);
    await drawer().getByText('$4.00').first().waitFor();
    // 1,000 × $0.10 + 200 × $4 per million
    expect(await costOf('good/own-llama')).toBe(900_000);
  });

  it('is still there after a restart', async () => {
    await here.app.stop({ keep: true });
    await here.replace(start);
    // 1,000 × $0.10 + 200 × $4 per million
    expect(await costOf('good/own-llama')).toBe(900_000);
    await page.goto(`${here.url}/models?model=${encodeURIComponent('good/own-llama')}`);
    await drawer().getByText('$4.00').first().waitFor();
  });

  it('is gone when it is deleted', async () => {
    await drawer().getByRole('button', { name: 'Delete' }).click();
    await page
      .getByRole('dialog', { name: 'Delete Own Llama?' })
      .getByRole('button', { name: 'Delete' })
      .click();
    await expect.poll(() => drawer().count()).toBe(0);
    await page.getByRole('textbox', { name: 'Search models' }).fill('own-llama');
    await page.getByText('No model fits').waitFor();
  });
});

describe('providers', () => {
  it('say with one click whether their keys are good', async () => {
    await page.goto(`${here.url}/models?tab=providers`);
    await page.getByRole('button', { name: 'Check key of good' }).click();
    await page.getByText(/answered in/).waitFor();
    await page.getByRole('button', { name: 'Check key of stale' }).click();
    await page.getByText(/refused \(401\): .*Incorrect API key/).waitFor();
    expect(await page.content()).not.toContain('sk-good-0123456789');
    await mustBeClean('the providers');
  });

  it('leave nothing in the console but the refused form and the restart', () => {
    expect(errors.filter((text) => !/status of 40\d|ERR_CONNECTION_REFUSED/.test(text))).toEqual([]);
  });
});
