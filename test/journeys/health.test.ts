import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './support/open-browser.ts';
import { type App, startApp } from './support/start-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-health-'));
const secret = 'wb-health-journey-0123456789';
let upstream: Server;
let app: App;
let browser: Browser;

const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};

/** A vendor of which one model is down, and which asks to be left alone for longer than any page takes to come. */
function startUpstream(): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const isDown = body.includes('"down"');
      const wait = isDown ? { 'retry-after': '60' } : {};
      response.writeHead(isDown ? 503 : 200, { 'content-type': 'application/json', ...wait });
      response.end(JSON.stringify(isDown ? { error: { message: 'Down.' } } : completion));
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function ask(model: string): Promise<void> {
  const response = await fetch(`${app.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }] }),
  });
  await response.arrayBuffer();
}

beforeAll(async () => {
  upstream = await startUpstream();
  const base_url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
  const config = {
    providers: [{ id: 'vendor', kind: 'openai-compatible', base_url, api_key: 'sk-0123456789' }],
    keys: [{ id: 'journey', secret }],
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  const env = { WAYBILL_CONFIG: join(folder, 'waybill.json') };
  [app, browser] = await Promise.all([startApp({ dataFolder: join(folder, 'data'), env }), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  upstream?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the health of targets', { timeout: 90_000 }, () => {
  it.each(['light', 'dark'] as const)(
    'shows which target is left alone and until when, in %s',
    async (scheme) => {
      for (let count = 0; count < 6; count += 1) await ask('vendor/down');
      await ask('vendor/up');
      const { page, errors } = await openPage(browser, { scheme });
      await page.goto(`${app.url}/policies`);
      await page.getByRole('link', { name: 'Health' }).click();
      const table = page.getByRole('table', { name: 'Targets' });
      const down = table.getByRole('row').filter({ hasText: 'vendor/down' });
      await down.getByText('left alone').waitFor();
      expect(await down.textContent()).toContain('Server error (5xx)');
      expect(await down.textContent()).toMatch(/in \d+ s/);
      const up = table.getByRole('row').filter({ hasText: 'vendor/up' });
      expect(await up.textContent()).toContain('healthy');
      expect(await table.getByRole('row').nth(1).textContent()).toContain('vendor/down');
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

      await page.getByText(/^Troubled/).click();
      await expect.poll(() => table.getByRole('row').count()).toBe(2);
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );

  it('follows a target that recovers, without being asked to', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${app.url}/health`);
    const row = page.getByRole('row').filter({ hasText: 'vendor/fresh' });
    expect(await row.count()).toBe(0);
    await ask('vendor/fresh');
    await row.getByText('healthy').waitFor();
    await page.context().close();
  });
});
