import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What of axe's a page is held to; all of it unless told otherwise. */
export interface AxeScope {
  /** Only the rules with these tags. */
  readonly rules?: readonly string[];
  /** Findings that are no more than minor or moderate are let pass. */
  readonly seriousOnly?: boolean;
  /** A selector: nothing else is looked at. */
  readonly within?: string;
  /** A selector: this is not looked at. */
  readonly without?: string;
}

/** WCAG 2.1, A and AA. */
export const wcag21: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** Waits until nothing moves: colours on their way from one to another are neither. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
        );
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // What one of them starts when it ends is waited for, too.
    for (let still = 0; still < 2; still += 1) {
      const running = moving();
      if (running.length > 0) still = -1;
      await Promise.allSettled(running.map((one) => one.finished));
      await frame();
    }
  });
}

/** One line a finding. */
export async function findingsOf(page: Page, scope: AxeScope = {}): Promise<readonly string[]> {
  await atRest(page);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ({ rules, within, without }) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(
        { include: within ?? 'html', ...(without === undefined ? {} : { exclude: without }) },
        { resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: [...rules] }) },
      ),
    { rules: scope.rules, within: scope.within, without: scope.without },
  );
  return violations
    .filter(({ impact }) => scope.seriousOnly !== true || impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
    );
}

/** A page has nothing that axe finds; `where` is named in what it says otherwise. */
export async function holdToAxe(page: Page, where: string, scope: AxeScope = {}): Promise<void> {
  expect(await findingsOf(page, scope), where).toEqual([]);
}

/** Looks at a page in both schemes on one visit: the studio follows the system's. Leaves it light. */
export async function inBothSchemes(
  page: Page,
  look: (scheme: 'light' | 'dark') => Promise<unknown>,
): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await changeScheme(page, scheme);
    await look(scheme);
  }
  await changeScheme(page, 'light');
}

export async function changeScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
  await atRest(page);
}

/** Holds a page to axe in both schemes. */
export function holdBothToAxe(page: Page, where: string, scope: AxeScope = {}): Promise<void> {
  return inBothSchemes(page, (scheme) => holdToAxe(page, `${where}, ${scheme}`, scope));
}
