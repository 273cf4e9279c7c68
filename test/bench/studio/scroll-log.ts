import type { Page } from 'playwright-core';
import { type Frames, framesDuring } from './measure.ts';

const rowHeight = 36;

/** The log scrolled by so many rows, fifty a frame; it is read page by page meanwhile. Answers the frames, and rows in the page. */
export async function scrollLog(
  page: Page,
  url: string,
  rows: number,
): Promise<{ readonly frames: Frames; readonly drawn: number }> {
  await page.goto(`${url}/traffic`);
  await page.locator('[data-row]').nth(5).waitFor({ timeout: 180_000 });
  const frames = await framesDuring(page, () => page.evaluate(scrolling(rows * rowHeight)));
  return { frames, drawn: await page.locator('[data-row]').count() };
}

/** As text, like everything that runs in the page. Where the next page is not here yet, it waits. */
const scrolling = (wanted: number) => `
  new Promise((resolve) => {
    const log = document.querySelector('[data-log-scroller]');
    requestAnimationFrame(function next() {
      log.scrollTop += ${50 * rowHeight};
      if (log.scrollTop + log.clientHeight >= ${wanted}) resolve();
      else requestAnimationFrame(next);
    });
  })
`;
