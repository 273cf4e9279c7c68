import type { Page } from 'playwright-core';
import { quantile } from './measure.ts';

const rounds = 12;
const mostWarmUps = 30;

/**
 * From a key in the inspector to the numbers over the drawing, ms, a new setting each time: how sure the classifier
 * must be, one per cent less.
 */
export async function editToNumber(
  page: Page,
  url: string,
  recordSet: '14d' | 'all',
): Promise<{ readonly median: number; readonly p95: number; readonly opened: number }> {
  await page.goto(`${url}/policies/support`);
  await page.locator('.react-flow__node[data-id="task"]').waitFor();
  const opening = performance.now();
  await page.getByLabel('Requests to replay').selectOption(recordSet);
  await page.locator('a[class*="what-if"]').waitFor({ timeout: 180_000 });
  await page.locator('.react-flow__node[data-id="task"]').click();
  await page.getByRole('textbox', { name: 'Needed confidence' }).focus();
  // Until the page's own thread has the requests, the server answers, and with the range.
  for (let round = 0; round < mostWarmUps; round += 1) if (!(await edit(page)).hasRange) break;
  const opened = performance.now() - opening;
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push((await edit(page)).took);
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95), opened };
}

/** What the line over the drawing says, and its range, which the page's own thread does not tell. */
const read = `(() => {
  const line = document.querySelector('a[class*="what-if"]')?.cloneNode(true);
  const range = line?.querySelector('[class*="range"]');
  range?.remove();
  return { text: line?.textContent ?? '', hasRange: range != null && range.textContent !== '…' };
})()`;

interface Edit {
  readonly took: number;
  readonly hasRange: boolean;
}

/** One key, and the time until the cost after the change is another, ms. Taken in the page, so that the driver costs nothing. */
async function edit(page: Page): Promise<Edit> {
  await page.evaluate(`
    void (window.benchEdit = new Promise((resolve) => {
      const before = ${read}.text;
      let began = 0;
      window.addEventListener('keydown', () => { began = performance.now(); }, { once: true, capture: true });
      requestAnimationFrame(function look() {
        const { text, hasRange } = ${read};
        if (began > 0 && text !== '' && text !== before) resolve({ took: performance.now() - began, hasRange });
        else requestAnimationFrame(look);
      });
    }));
  `);
  await page.keyboard.press('ArrowDown');
  return page.evaluate('window.benchEdit');
}
