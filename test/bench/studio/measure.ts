import type { Page } from 'playwright-core';

export interface Frames {
  readonly count: number;
  readonly over20ms: number;
  readonly p50: number;
  readonly p95: number;
}

/** As text: what compiles this file would put names into a function that the page does not know. */
const startWatch = `
  window.benchFrames = { times: [], on: true };
  requestAnimationFrame(function next(now) {
    window.benchFrames.times.push(now);
    if (window.benchFrames.on) requestAnimationFrame(next);
  });
`;

/** Times between the frames that the page draws while something is done. */
export async function framesDuring(page: Page, task: () => Promise<void>): Promise<Frames> {
  await page.evaluate(startWatch);
  await task();
  const times = await page.evaluate(() => {
    const state = (window as unknown as { benchFrames: { times: number[]; on: boolean } }).benchFrames;
    state.on = false;
    return state.times;
  });
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  return {
    count: gaps.length,
    over20ms: gaps.filter((gap) => gap > 20).length,
    p50: quantile(gaps, 0.5),
    p95: quantile(gaps, 0.95),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}
