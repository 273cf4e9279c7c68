import type { Browser, Page } from 'playwright-core';
import { checkPolicy } from '#engine/policy/index.ts';
import { changeNode } from '../../../studio/document/commands/index.ts';
import { openBrowser, openPage } from '../../journeys/support/open-browser.ts';
import { type App, startApp } from '../../journeys/support/start-app.ts';
import { printTable } from '../print-table.ts';
import { bigPolicy } from './big-policy.ts';
import { editToNumber } from './edit-to-number.ts';
import { growLog } from './large-log.ts';
import { type Frames, framesDuring, quantile, timed } from './measure.ts';
import { scrollLog } from './scroll-log.ts';

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const inWords = ({ count, over20ms, p50, p95 }: Frames): string =>
  `${over20ms} of ${count} frames over 20 ms; median ${ms(p50)}, p95 ${ms(p95)}`;

/** The studio in Chromium, as the built product serves it: what an author waits for. */
export async function run(): Promise<void> {
  const policy = bigPolicy(300);
  console.log(`Headless Chromium without a GPU; ${Object.keys(policy.nodes).length} nodes.\n`);
  let app = await startApp();
  const browser = await openBrowser();
  try {
    await putPolicy(app);
    const rows = [...(await firstPaint(browser, app)), ...(await theBigPolicy(browser, app)), typing()];
    printTable(['what', 'measured'], rows);
    await app.stop({ keep: true });
    await growLog(app.dataFolder);
    app = await startApp({ dataFolder: app.dataFolder });
    const head = ['with a million requests in the log', 'measured'] as const;
    printTable(head, await theLargeLog(browser, app));
    printTable(head, await edits(browser, app));
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

/** The log as it comes: read page by page while it is scrolled. */
async function theLargeLog(browser: Browser, { url }: App): Promise<Rows> {
  const { page } = await openPage(browser);
  const { frames, drawn } = await scrollLog(page, url, 100_000);
  await page.context().close();
  return [[`100,000 log rows scrolled, 50 a frame (${drawn} rows in the page)`, inWords(frames)]];
}

/** What an author waits for after an edit, with 100,000 and a million requests chosen. */
async function edits(browser: Browser, { url }: App): Promise<Rows> {
  const rows: [string, string][] = [];
  for (const [recordSet, name] of [
    ['14d', '100,000'],
    ['all', '1,000,000'],
  ] as const) {
    const { page } = await openPage(browser);
    const { median, p95, opened } = await editToNumber(page, url, recordSet);
    rows.push(
      [`from an edit to the number, ${name} requests`, `median ${ms(median)}, p95 ${ms(p95)}`],
      [`the same, until the page’s own thread answers`, ms(opened)],
    );
    await page.context().close();
  }
  return rows;
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
