import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { completionOf, startVendor, type Vendor } from './support/a-vendor.ts';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { askGateway } from './support/calls.ts';
import { holdToAxe } from './support/hold-to-axe.ts';
import { type App, ownUpstreamsOnly, startApp } from './support/start-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-health-'));
const secret = 'wb-health-journey-0123456789';
let vendor: Vendor | undefined;

async function start(): Promise<App> {
  // One model is down, and asks to be left alone for longer than any page takes to come.
  vendor = await startVendor(({ body }) =>
    body.includes('"down"')
      ? { status: 503, headers: { 'retry-after': '60' }, body: { error: { message: 'Down.' } } }
      : { body: completionOf(10, 5) },
  );
  const base_url = `${vendor.url}/v1`;
  const config = {
    providers: [{ id: 'vendor', kind: 'openai-compatible', base_url, api_key: 'sk-0123456789' }],
    keys: [{ id: 'journey', secret }],
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  const env = { ...ownUpstreamsOnly, WAYBILL_CONFIG: join(folder, 'waybill.json') };
  return startApp({ dataFolder: join(folder, 'data'), env });
}

// Hooks that end things run in the order of a stack: these go last.
afterAll(async () => {
  await vendor?.close();
  rmSync(folder, { recursive: true, force: true });
});
const here = anAppAndBrowser(start);

const ask = (model: string) => askGateway({ url: here.url, key: secret }, 'Hi', model);

describe('the health of targets', () => {
  it.each(['light', 'dark'] as const)(
    'shows which target is left alone and until when, in %s',
    async (scheme) => {
      // The page is there before the target fails: how long it takes to come is no part of the story.
      const { page, errors } = await here.open('/policies', { scheme });
      await page.getByRole('link', { name: 'Health' }).click();
      await page.getByRole('heading', { name: 'Health' }).waitFor();
      for (let count = 0; count < 6; count += 1) await ask('vendor/down');
      await ask('vendor/up');
      const table = page.getByRole('table', { name: 'Targets' });
      const row = (target: string) => table.getByRole('row').filter({ hasText: target });
      const down = row('vendor/down')
        .filter({ hasText: 'left alone' })
        .filter({ hasText: /in \d+ s/ });
      await down.filter({ hasText: 'Server error (5xx)' }).waitFor();
      await row('vendor/up').filter({ hasText: 'healthy' }).waitFor();
      await expect.poll(() => table.getByRole('row').nth(1).textContent()).toContain('vendor/down');
      await holdToAxe(page, scheme);

      await page.getByText(/^Troubled/).click();
      await expect.poll(() => table.getByRole('row').count()).toBe(2);
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );

  it('follows a target that recovers, without being asked to', async () => {
    const { page } = await here.open('/health');
    await page.getByRole('row').filter({ hasText: 'vendor/up' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'vendor/fresh' });
    expect(await row.count()).toBe(0);
    await ask('vendor/fresh');
    await row.getByText('healthy').waitFor();
    await page.context().close();
  });
});
