import type { Browser, Page } from 'playwright-core';
import { checkPolicy } from '#engine/policy/index.ts';
import { changeNode } from '../../../studio/document/commands/index.ts';
import { openBrowser, openPage } from '../../journeys/support/open-browser.ts';
import { type App, startApp } from '../../journeys/support/start-app.ts';
import { printTable } from '../print-table.ts';
import { bigPolicy } from './big-policy.ts';
import { type Frames, framesDuring, quantile, timed } from './measure.ts';

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const inWords = ({ count, over20ms, p50, p95 }: Frames): string =>
  `${over20ms} of ${count} frames over 20 ms; median ${ms(p50)}, p95 ${ms(p95)}`;

/** The studio in Chromium, as the built product serves it: what an author waits for. */
export async function run(): Promise<void> {
  const policy = bigPolicy(300);
  console.log(`Headless Chromium without a GPU; ${Object.keys(policy.nodes).length} nodes.\n`);
  const app = await startApp();
  const browser = await openBrowser();
  try {
    await putPolicy(app);
    const rows = [
      ...(await firstPaint(browser, app)),
      ...(await theBigPolicy(browser, app)),
      ...(await traffic(browser, app)),
      typing(),
    ];
    printTable(['what', 'measured'], rows);
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function putPolicy({ url }: App): Promise<void> {
  const { id, name } = bigPolicy(3);
  await call(`${url}/api/policies`, 'POST', { id, name, policy: bigPolicy(300) });
}

async function call(url: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

type Rows = readonly (readonly [string, string])[];

/** Three cold visits each, a browser context of its own; the median. */
async function firstPaint(browser: Browser, { url }: App): Promise<Rows> {
  const visits: { readonly paint: number; readonly cards: number }[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { page } = await openPage(browser);
    const cards = await timed(async () => {
      await page.goto(`${url}/policies/support`);
      await page.locator('.react-flow__node[data-id="task"]').waitFor();
    });
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
    visits.push({ paint, cards });
    await page.context().close();
  }
  return [
    [
      'first paint of the frame, empty cache',
      ms(
        quantile(
          visits.map(({ paint }) => paint),
          0.5,
        ),
      ),
    ],
    [
      'first policy on the canvas, empty cache',
      ms(
        quantile(
          visits.map(({ cards }) => cards),
          0.5,
        ),
      ),
    ],
  ];
}

async function theBigPolicy(browser: Browser, { url }: App): Promise<Rows> {
  const { page } = await openPage(browser);
  await page.goto(`${url}/policies/support`);
  await page.locator('.react-flow__node[data-id="task"]').waitFor();
  const opening = await timed(async () => {
    await page.goto(`${url}/policies/big`);
    await page.locator('.react-flow__node').first().waitFor();
  });
  const far = await framesDuring(page, () => drag(page));
  await page.locator('[data-policy-canvas]').focus();
  await page.keyboard.press('2');
  await page.locator('.react-flow__node.selected').first().waitFor();
  const near = await framesDuring(page, () => drag(page));
  await page.context().close();
  return [
    ['a policy of 299 nodes opened', ms(opening)],
    ['one of 299 nodes dragged, all in view', inWords(far)],
    ['the same, close to it', inWords(near)],
  ];
}

async function drag(page: Page): Promise<void> {
  const cards = page.locator('.react-flow__node');
  const canvas = await page.locator('[data-policy-canvas]').boundingBox();
  const boxes = await Promise.all((await cards.all()).slice(0, 40).map((card) => card.boundingBox()));
  const box = boxes.find(
    (one) =>
      one !== null &&
      canvas !== null &&
      one.x > canvas.x + 20 &&
      one.y > canvas.y + 60 &&
      one.y < canvas.y + canvas.height - 120,
  );
  if (box === null || box === undefined) throw new Error('There is no card to drag.');
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(10, box.height / 4)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 60; step += 1) await page.mouse.move(x + step * 2, y + Math.sin(step / 6) * 30);
  await page.mouse.up();
}

/** The log as it comes: sample traffic, read page by page while it is scrolled. */
async function traffic(browser: Browser, { url }: App): Promise<Rows> {
  const { page } = await openPage(browser);
  await page.goto(`${url}/traffic`);
  const row = page.locator('main [role="row"], main tbody tr').nth(1);
  await row.waitFor();
  await page.mouse.move(800, 700);
  const frames = await framesDuring(page, async () => {
    for (let step = 0; step < 100; step += 1) await page.mouse.wheel(0, 600);
  });
  const drawn = await page.locator('main [role="row"], main tbody tr').count();
  await page.context().close();
  return [[`the log scrolled by 60,000 px (${drawn} rows in the page)`, inWords(frames)]];
}

/** What a key costs in a condition of the big policy: the command, the schema and every check; without a browser. */
function typing(): readonly [string, string] {
  const policy = bigPolicy(300);
  const text = 'request.input_tokens > 4000 && request.tools > 0 && request.model == "auto"';
  const taken = Array.from({ length: text.length }, (_, at) => {
    const start = performance.now();
    const changed = changeNode('ask-0', (node) =>
      node.kind === 'condition'
        ? { ...node, cases: node.cases.map((one) => ({ ...one, when: text.slice(0, at + 1) })) }
        : node,
    )(policy);
    checkPolicy(changed);
    return performance.now() - start;
  });
  return [
    'a key typed in a condition: edit and all checks',
    `median ${ms(quantile(taken, 0.5))}, p95 ${ms(quantile(taken, 0.95))}`,
  ];
}
