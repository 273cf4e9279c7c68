import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import OpenAI from 'openai';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './support/open-browser.ts';
import { type App, startApp } from './support/start-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-models-'));
const dataFolder = join(folder, 'data');
const secret = 'wb-models-journey-0123456789';
let upstream: Server;
let app: App;
let browser: Browser;
let page: Page;
let errors: readonly string[];

const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'own-llama',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1_000, completion_tokens: 200, total_tokens: 1_200 },
};

/** A vendor that knows one key, and answers every chat with the same usage. */
function startUpstream(): Promise<Server> {
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === 'Bearer sk-good-0123456789';
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    const refusal = { error: { message: 'Incorrect API key provided', type: 'invalid_request_error' } };
    const answer = request.method === 'POST' ? completion : { object: 'list', data: [] };
    response.end(JSON.stringify(isKnown ? answer : refusal));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function start(): Promise<App> {
  return startApp({ dataFolder, env: { WAYBILL_CONFIG: join(folder, 'waybill.json') } });
}

beforeAll(async () => {
  upstream = await startUpstream();
  const base_url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
  const config = {
    providers: [
      { id: 'good', kind: 'openai-compatible', base_url, api_key: 'sk-good-0123456789' },
      { id: 'stale', kind: 'openai-compatible', base_url, api_key: 'sk-stale-0123456789' },
    ],
    keys: [{ id: 'journey', secret }],
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  [app, browser] = await Promise.all([start(), openBrowser()]);
  ({ page, errors } = await openPage(browser));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  upstream?.close();
  rmSync(folder, { recursive: true, force: true });
});

const table = () => page.getByRole('table', { name: 'Models' });
const rows = () => table().locator('tbody tr');
const firstId = () => rows().first().locator('code').first().textContent();
const counted = () => page.getByRole('status').filter({ hasText: 'models' }).textContent();
const drawer = () => page.getByRole('dialog').filter({ hasText: 'What is known' });

async function mustBeClean(what: string): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${what}: ${id} at ${nodes[0]?.html}`)).toEqual([]);
}

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** What the log says one request to a model cost, in nano-dollars. */
async function costOf(model: string): Promise<unknown> {
  const client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: secret, maxRetries: 0 });
  const { response } = await client.chat.completions
    .create({ model, messages: [{ role: 'user', content: 'Say hello.' }] })
    .withResponse();
  const place = `${app.url}/api/records/${response.headers.get('x-waybill-request-id')}`;
  await expect.poll(async () => (await fetch(place)).status, { timeout: 15_000 }).toBe(200);
  const { record } = (await (await fetch(place)).json()) as { record: Readonly<Record<string, unknown>> };
  return record['cost.nano_usd'];
}

describe('the catalogue, with the mouse', () => {
  it('lists more than 200 models', async () => {
    await page.goto(`${app.url}/models`);
    await table().waitFor();
    const all = /^([\d,]+) models$/.exec((await counted()) ?? '');
    expect(Number(all?.[1]?.replaceAll(',', ''))).toBeGreaterThan(200);
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
    expect(await firstId()).toMatch(/^google\//);
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
    expect(await price.getByText('above 271,999 tokens').count()).toBeGreaterThan(1);
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
    await page.goto(`${app.url}/models`);
    await table().waitFor();
    await page.getByRole('button', { name: 'Add model' }).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Add a model' });
    await form.getByLabel('Id').waitFor();
    await expect
      .poll(() => form.getByLabel('Id').evaluate((field) => field === document.activeElement))
      .toBe(true);
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
    expect(await drawer().getByText('custom').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => drawer().count()).toBe(0);
  });

  it('is found with / and opened with Enter', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('own-llama');
    await expect.poll(() => rows().count()).toBe(1);
    expect(await firstId()).toBe('good/own-llama');
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
    await app.stop({ keep: true });
    app = await start();
    // 1,000 × $0.10 + 200 × $4 per million
    expect(await costOf('good/own-llama')).toBe(900_000);
    await page.goto(`${app.url}/models?model=${encodeURIComponent('good/own-llama')}`);
    await drawer().getByText('$4.00').first().waitFor();
  }, 120_000);

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
    await page.goto(`${app.url}/models?tab=providers`);
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
