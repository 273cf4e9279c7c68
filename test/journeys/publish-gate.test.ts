import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { aDraft, aServer, aStoreWithDraft, type TestServer } from '../server/api/a-server.ts';
import { anUpstream, sendJson } from '../server/support/servers.ts';
import { aCompletion } from '../server/support/wire.ts';
import { buildStudio } from './support/built-studio.ts';
import { openBrowser, openPage } from './support/open-browser.ts';

const secret = 'wb-0123456789abcdef';
const token = 'the-admin-token-of-ann';
/** The model that the candidate calls; its vendor breaks on the way. */
const candidate = 'gpt-5.5';

/** Two gateways with one configuration: on the one everybody is `local`, on the other `admin`; one vendor behind both. */
async function twoPeople() {
  const vendor = { broken: false };
  const upstream = await anUpstream((res, { body }) => {
    const { model } = JSON.parse(body) as { model: string };
    if (vendor.broken && model === candidate)
      sendJson(res, 500, { error: { message: 'no', type: 'server_error' } });
    else sendJson(res, 200, aCompletion());
  });
  const provider = {
    id: 'openai',
    kind: 'openai',
    baseUrl: `${upstream.url}/v1`,
    apiKey: 'sk-upstream',
    retention: 'unknown',
    region: null,
    models: [],
  } as const;
  const keys = [{ id: 'ci', team: 'default', project: '', tags: [], secret }];
  const file = { providers: [provider], teams: [], keys, policies: null, deployments: [] };
  const store = await aStoreWithDraft();
  const ben = await aServer({ store, config: { sandbox: false, file } });
  const ann = await aServer({ store, config: { sandbox: false, file, adminToken: token } });
  return { store, vendor, ben, ann };
}

async function ask({ call }: TestServer, session: string): Promise<string | null> {
  const headers = { authorization: `Bearer ${secret}`, 'x-waybill-session': session };
  const body = { model: 'auto', messages: [{ role: 'user', content: 'Hello' }] };
  return (await call('POST', '/v1/chat/completions', body, headers)).headers.get('x-waybill-version');
}

async function proposeCanary(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/policies/draft`);
  await page.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('openai/gpt-5.5').first().waitFor();
  await dialog.getByText('Canary', { exact: true }).click();
  await dialog.getByLabel('First share').fill('50');
  await dialog.getByLabel('Minutes a step').fill('0');
  await dialog.getByLabel('Note').fill('The larger model answers better');
  await dialog.getByRole('button', { name: /^Publish version 2/ }).click();
  await page.getByText('Somebody else approves it').waitFor();
}

it('a version passes the gate with a second person, ramps as a canary, and is taken back when its vendor fails', async () => {
  const { store, vendor, ben, ann } = await twoPeople();
  await ben.call('PUT', '/api/publishing', { approval: ['draft'] });
  await ben.call('PUT', '/api/policies/draft', { policy: aDraft(`openai/${candidate}`), revision: 1 });
  await buildStudio();
  const browser = await openBrowser();
  onTestFinished(() => browser.close());

  const { page, errors } = await openPage(browser);
  await proposeCanary(page, ben.base);
  expect(store.read().versions).toHaveLength(1);
  await page.goto(`${ben.base}/rollouts`);
  await page.getByText('Somebody other than local approves it.').waitFor();
  await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });

  const second = await openPage(browser);
  await second.page.goto(`${ann.base}/rollouts`.replace('/rollouts', `/rollouts?token=${token}`));
  const waiting = second.page.getByRole('list', { name: 'Waiting' });
  await waiting.getByText('The larger model answers better').waitFor();
  await waiting.getByText('openai/gpt-5.5').first().waitFor();
  await waiting.getByRole('button', { name: 'Approve' }).click();
  await second.page.getByText(/draft v2 on auto/i).waitFor();

  await page.getByRole('table', { name: 'Both sides on auto' }).waitFor();
  for (let turn = 0; turn < 40; turn += 1) await ask(ben, `healthy-${turn}`);
  await page
    .getByText(/Nothing speaks against the candidate so far/)
    .first()
    .waitFor();
  expect(store.read().deployments[0]?.rollout?.candidate.version).toBe(2);

  vendor.broken = true;
  for (let turn = 0; turn < 400 && store.read().rollouts.length === 0; turn += 1) {
    await ask(ben, `failing-${turn}`);
    if (turn % 20 === 19) await ben.open.installation.rollouts.look();
  }
  const ended = page.getByRole('list', { name: 'Ended rollouts' });
  await ended.getByText('rolled back').waitFor();
  await expect
    .poll(() => ended.textContent())
    .toMatch(/\d+ of \d+ requests failed under the candidate.*by its guards/);
  expect(await ask(ben, 'afterwards')).toBe('1');
  if (process.env.WAYBILL_SHOTS !== undefined)
    await page.screenshot({ path: `${process.env.WAYBILL_SHOTS}/ended.png` });
  expect([...errors, ...second.errors]).toEqual([]);
}, 240_000);
