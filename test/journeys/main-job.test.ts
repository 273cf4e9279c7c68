import OpenAI from 'openai';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { focusOn } from './support/on-canvas.ts';
import { startApp } from './support/start-app.ts';

const here = anAppAndBrowser(startApp);
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  ({ page, errors } = await here.open());
});

/** One request of an unmodified OpenAI client; answers the gateway's headers. */
async function ask(content: string): Promise<Headers> {
  const client = new OpenAI({ baseURL: `${here.url}/v1`, apiKey: here.app.key, maxRetries: 0 });
  const { response } = await client.chat.completions
    .create({ model: 'auto', messages: [{ role: 'user', content }] })
    .withResponse();
  return response.headers;
}

const question = 'Translate this to French: good morning, where is the station?';
const card = (name: RegExp) => page.getByRole('group', { name });
const strip = () => page.getByRole('link', { name: /→.*·/ });

/** One story from the first look to the published change; each step starts where the one before it ended. */
describe('a newcomer', () => {
  it('sees the sample policy on the canvas, and what its traffic cost', async () => {
    await page.goto(here.url);
    await expect.poll(() => page.url()).toContain('/policies/support');
    await card(/What is asked\?/).waitFor();
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBeGreaterThan(10);
    await expect.poll(() => strip().textContent()).toContain('no request takes another way');
    await page
      .getByText(/Sandbox/)
      .first()
      .waitFor();
  });

  it('sends a request with the OpenAI client and sees it come by', async () => {
    const headers = await ask(question);
    expect(headers.get('x-waybill-version')).toBe('1');
    expect(headers.get('x-waybill-path')).toContain('task:otherwise');
    const seen = page.getByTitle(/Request .*: open its record/);
    await expect.poll(() => seen.textContent()).toContain(headers.get('x-waybill-target'));
  });

  it('tests a request on the draft: the path, the reasons, the target and the expected cost', async () => {
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page
      .getByLabel('Message', { exact: true })
      .fill('Fix this: TypeError: Cannot read properties of undefined');
    await page.getByRole('button', { name: /^Run/ }).click();
    const decision = page.getByRole('region', { name: 'Decision' });
    await decision.getByText(/It is code/).waitFor();
    await expect.poll(() => decision.textContent()).toContain('anthropic/claude-opus-5');
    await expect.poll(() => page.locator('[data-tone="taken"]').count()).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
  });

  it('changes the drawing and sees at once what the last days would have cost', async () => {
    await card(/claude-opus-5/).click();
    // The click moves the focus to the card; a field that had it before would lose what was typed.
    await focusOn(page, 'opus');
    const picker = page
      .getByRole('textbox', { name: 'Model' })
      .or(page.getByRole('combobox', { name: 'Model' }));
    await picker.first().fill('claude-sonnet-5');
    await page
      .getByRole('option', { name: /^anthropic\/claude-sonnet-5/ })
      .first()
      .click();
    await expect
      .poll(() => strip().textContent())
      .toMatch(/^(?!.*no request takes another way).*−.*requests? takes? another way/);
  });

  it('reads the whole what-if: verdict, evidence and who moves where', async () => {
    await strip().click();
    await page.getByText(/^Saves .* over the last 14 days/).waitFor();
    const text = await page.getByRole('main').textContent();
    expect(text).toContain('Re-priced');
    expect(text).toContain('anthropic/claude-sonnet-5');
    await page.getByRole('link', { name: 'Edit the draft' }).click();
    await card(/What is asked\?/).waitFor();
  });

  it('publishes with a look at the difference and a note', async () => {
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('anthropic/claude-opus-5').first().waitFor();
    await dialog.getByText('anthropic/claude-sonnet-5').first().waitFor();
    await dialog.getByLabel(/Note/).fill('Sonnet is good enough for code');
    await dialog.getByRole('button', { name: /^Publish/ }).click();
    await page.getByText('Published, v2').waitFor();
  });

  it('has the next request served by the new version, and its record replays to the recorded decision', async () => {
    const headers = await ask('Fix this: TypeError: Cannot read properties of undefined');
    expect(headers.get('x-waybill-version')).toBe('2');
    expect(headers.get('x-waybill-target')).toBe('anthropic/claude-sonnet-5');
    const id = headers.get('x-waybill-request-id');
    await page.goto(`${here.url}/traffic/${id}`);
    await page.getByText('Replays to the recorded decision').waitFor();
  });

  it('met no error on the way', () => {
    expect(errors).toEqual([]);
  });
});
