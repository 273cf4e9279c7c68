import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { aDraft, aServer } from '../server/api/a-server.ts';
import { buildStudio } from './support/built-studio.ts';
import { holdToAxe } from './support/hold-to-axe.ts';
import { openBrowser, openPage } from './support/open-browser.ts';

async function publishThroughTheGate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog');
  const drawing = dialog.getByRole('region', { name: 'Drawing of version 1 and the draft' });
  await drawing.getByText(/~ changed/).waitFor();
  await dialog.getByRole('list', { name: 'What differs' }).getByText('openai/gpt-5-mini').waitFor();
  await dialog.getByLabel('Note').fill('Opus answers better');
  await dialog.getByText('Limits, if the forecast must stay within any').click();
  await dialog.getByLabel('Decided otherwise').fill('0');
  const publish = dialog.getByRole('button', { name: 'Publish version 2' });
  await publish.click();
  await dialog.getByText(/requests \(100 %\) are decided otherwise; 0 % are allowed/).waitFor();
  await dialog.getByLabel('Decided otherwise').fill('');
  await publish.click();
  await page.getByText('Version 2 is published').waitFor();
}

it('a version is published with its forecast, seen beside the one before, and taken back with a reason', async () => {
  const { base, call, open } = await aServer({ records: 120 });
  const { store } = open.installation;
  await call('POST', '/api/policies', { name: 'Draft', id: 'draft', policy: aDraft() });
  await call('POST', '/api/policies/draft/publish', { revision: 1 });
  await call('PUT', '/api/deployments/mine', { policy: 'draft', version: null });
  await call('PUT', '/api/policies/draft', { policy: aDraft('anthropic/claude-opus-5'), revision: 1 });
  const hashes = () =>
    store
      .read()
      .versions.filter(({ policyId }) => policyId === 'draft')
      .map(({ hash }) => hash);
  await buildStudio();
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const { page, errors } = await openPage(browser);
  // A replay waits for its thread, which a machine at its limits starts late.
  page.setDefaultTimeout(90_000);

  await page.goto(`${base}/policies/draft`);
  await publishThroughTheGate(page);
  expect(store.read().versions.at(-1)?.simulation).toBeDefined();

  await page.getByRole('button', { name: /Published, v2/ }).click();
  await page.getByRole('menuitem', { name: 'Compare, roll back, forecasts' }).click();
  const versions = page.getByRole('list', { name: 'Versions, newest first' });
  const newest = versions.getByRole('listitem').first();
  await newest.getByText('serves mine').waitFor();
  await newest.getByText('policy/draft@2', { exact: true }).waitFor();
  await newest.getByRole('link', { name: 'Compare with v1' }).click();
  const drawing = page.getByRole('region', { name: 'Drawing of version 1 and version 2' });
  await drawing.getByText(/~ changed/).waitFor();
  const forecast = page.getByRole('region', { name: 'Forecast against what happened' });
  await forecast.getByText('too early').waitFor();
  await forecast.getByText('It has decided no request yet.').waitFor();
  await holdToAxe(page, 'versions, light', { seriousOnly: true });

  await versions.getByRole('button', { name: 'Roll back to v1…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('mine and policy/draft are served by it.').waitFor();
  await dialog.getByLabel('Reason').fill('Too dear');
  await dialog.getByRole('button', { name: 'Roll back now' }).click();
  await newest.getByText('Back to version 1: Too dear').waitFor();
  await newest.getByText('serves mine').waitFor();
  expect(hashes()).toEqual([hashes()[0], hashes()[1], hashes()[0]]);

  const dark = await openPage(browser, { scheme: 'dark' });
  await dark.page.goto(`${base}/policies/draft/versions?from=2&to=3`);
  const other = dark.page.getByRole('region', { name: 'Drawing of version 2 and version 3' });
  await other.getByText(/~ changed/).waitFor();
  await dark.page.getByText('It has decided no request yet.').waitFor();
  await holdToAxe(dark.page, 'versions, dark', { seriousOnly: true });
  await dark.page.getByText('JSON', { exact: true }).click();
  await dark.page.locator('.monaco-diff-editor .view-line').first().waitFor();
  // The one refusal is the limit's.
  expect(errors).toEqual([expect.stringContaining('409')]);
  expect(dark.errors).toEqual([]);
}, 240_000);
