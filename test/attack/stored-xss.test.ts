import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from '../journeys/support/open-browser.ts';
import { type App, startApp } from '../journeys/support/start-app.ts';

const secret = 'wb-xss-attack-0123456789';
const mark = 'pwned';
/** What a person could type as a name, each a known way into a page. */
const payloads = [
  `<img src=x onerror="window.${mark}=1">`,
  `"><script>window.${mark}=1</script>`,
  `</textarea></title><svg onload=window.${mark}=1>`,
  `javascript:window.${mark}=1`,
  `{{constructor.constructor('window.${mark}=1')()}}`,
] as const;
const [img, script, svg, url, template] = payloads;

const folder = mkdtempSync(join(tmpdir(), 'waybill-xss-'));
let app: App;
let browser: Browser;

const policy = {
  format: 1,
  id: 'hostile',
  name: script,
  description: svg,
  entry: 'what',
  classifiers: { topic: { kind: 'rules', rules: [{ label: 'a', keywords: [img] }] } },
  nodes: {
    what: {
      kind: 'classifier',
      label: img,
      classifier: 'topic',
      ports: { a: 'where' },
      otherwise: 'other',
      confidence: 0.5,
    },
    where: {
      kind: 'condition',
      label: svg,
      cases: [{ id: 'one', label: script, when: `request.model == ${JSON.stringify(img)}`, to: 'no' }],
      else: 'other',
    },
    no: { kind: 'refuse', label: url, status: 403, code: 'no', message: script },
    other: { kind: 'model', label: template, target: 'openai/gpt-5-mini' },
  },
};

async function api(method: string, path: string, body?: object): Promise<Response> {
  return fetch(app.url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Puts the payloads wherever the API takes a name of somebody's. What it refuses is refused. */
async function plant(): Promise<void> {
  const made = await api('POST', '/api/policies', { name: script, id: 'hostile', policy });
  expect([made.status, made.ok || (await made.text())]).toEqual([201, true]);
  const { revision } = await made.json();
  const published = await api('POST', '/api/policies/hostile/publish', { revision, note: img });
  expect([published.status, published.ok || (await published.text())]).toEqual([200, true]);
  await api('PUT', `/api/deployments/${encodeURIComponent(img)}`, { policy: 'hostile' });
  await api('PUT', '/api/deployments/hostile', { policy: 'hostile' });
  for (const [index, payload] of payloads.entries()) {
    await api('POST', '/api/keys', {
      id: `k${index}`,
      team: payload.slice(0, 64),
      project: payload.slice(0, 64),
      tags: [payload.slice(0, 64)],
    });
    await api('PUT', `/api/budgets/b${index}`, {
      scope: { kind: 'tag', tag: payload },
      usd: 1,
      window: 'month',
    });
    await api('PUT', `/api/models/${encodeURIComponent(`own/m${index}`)}`, {
      name: payload,
      family: payload.slice(0, 64),
      context: 1_000,
    });
    await api('POST', '/api/teams', { id: `t${index}`, name: payload });
    await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'x-waybill-session': payload,
      },
      body: JSON.stringify({
        model: index === 0 ? payload : 'hostile',
        user: payload,
        metadata: { [payload]: payload },
        messages: [{ role: 'user', content: payload }],
      }),
    });
  }
}

/** Every page of the studio, as its router lists them. */
function pages(): readonly string[] {
  const source = readFileSync(new URL('../../studio/shell/pages.tsx', import.meta.url), 'utf8');
  const paths = [...source.matchAll(/path="(\/[^"]*)"/g)].map(([, path]) => path ?? '/');
  const plain = paths.map((path) => path.replace(/\/:\w+\?/g, '')).filter((path) => !path.includes(':'));
  return [...new Set([...plain, '/policies/hostile', '/policies/hostile/versions/1', '/what-if/hostile'])];
}

beforeAll(async () => {
  const config = {
    teams: [{ id: 'hostile', name: img }],
    keys: [{ id: 'xss', team: 'hostile', project: script, tags: [svg], secret }],
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  const env = { WAYBILL_CONFIG: join(folder, 'waybill.json') };
  [app, browser] = await Promise.all([startApp({ dataFolder: join(folder, 'data'), env }), openBrowser()]);
  await plant();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('names that are scripts', { timeout: 120_000 }, () => {
  it('are shown as what they are and run nowhere, on every page of the studio', async () => {
    const { page, errors } = await openPage(browser);
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`refused by policy: ${violatedDirective} ${blockedURI}`),
      );
    });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    // The stream of traffic never ends; everything else has to be here before a page is looked at.
    const waiting = new Set<Request>();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/') && pathname !== '/api/traffic') waiting.add(request);
    });
    page.on('requestfinished', (request) => waiting.delete(request));
    page.on('requestfailed', (request) => waiting.delete(request));
    let seen = '';
    for (const path of pages()) {
      waiting.clear();
      await page.goto(app.url + path);
      await page.locator('main, section, h1').first().waitFor();
      const text = () => page.locator('body').innerText();
      await expect.poll(text, { timeout: 20_000 }).not.toMatch(/Loading\s*$/);
      await expect.poll(() => waiting.size, { timeout: 20_000 }).toBe(0);
      seen += await text();
      expect([path, await page.evaluate(() => Reflect.get(globalThis, 'pwned') ?? null)]).toEqual([
        path,
        null,
      ]);
      expect([path, await page.locator('a[href^="javascript:" i], img[src="x"]').count()]).toEqual([path, 0]);
    }
    expect([seen.includes(script), seen.includes(img), seen.includes(svg)]).toEqual([true, true, true]);
    expect(dialogs).toEqual([]);
    // A library asks once a page whether it may compile code, and takes the policy’s no for an answer.
    const refused = errors.filter((error) => /refused by policy/.test(error));
    expect(refused.filter((error) => error !== 'refused by policy: script-src eval')).toEqual([]);
    await page.context().close();
  });

  it('could not run even if a page wrote them as they are', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${app.url}/policies`);
    await page.locator('main, section, h1').first().waitFor();
    const ran = await page.evaluate(async (html) => {
      const refused = new Promise((resolve) => {
        document.addEventListener(
          'securitypolicyviolation',
          ({ violatedDirective }) => resolve(violatedDirective),
          { once: true },
        );
      });
      const place = document.createElement('div');
      place.innerHTML = html;
      document.body.append(place);
      return [await refused, Reflect.get(globalThis, 'pwned') ?? null];
    }, img);
    expect(ran).toEqual([expect.stringMatching(/^script-src/), null]);
    await page.context().close();
  });

  it('reach no header and no page of the server’s own as they are', async () => {
    for (const path of [
      `/${encodeURIComponent(script)}`,
      `/api/${encodeURIComponent(script)}`,
      `/v1/${encodeURIComponent(img)}`,
    ]) {
      const answer = await fetch(app.url + path);
      const text = await answer.text();
      if ((answer.headers.get('content-type') ?? '').includes('html')) expect(text).not.toContain(mark);
      expect(answer.headers.get('x-content-type-options') ?? 'json').toMatch(/nosniff|json/);
    }
  });
});
