import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, vi } from 'vitest';
import { startSample } from './first-start.ts';
import { type Look, type OpenPage, openBrowser, openPage } from './open-browser.ts';
import type { App } from './start-app.ts';

/** What the stories of one file share: there from their first hook on. */
export interface AppAndBrowser {
  readonly app: App;
  readonly url: string;
  readonly browser: Browser;
  /** A page with storage of its own, at a path of the studio where one is named. */
  open(path?: string, look?: Look): Promise<OpenPage>;
  /** Another process in place of the one that ended. */
  replace(start: () => Promise<App>): Promise<void>;
}

/**
 * Starts the app and a browser before the stories of a file, and ends both after them. Steps of a story may take minutes: on a
 * machine that stands still for a while they come late and are right.
 */
export function anAppAndBrowser(start: () => Promise<App> = startSample): AppAndBrowser {
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } });
  let app: App | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [app, browser] = await Promise.all([start(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  const started = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('The app and the browser are started by the first hook.');
    return one;
  };
  return {
    get app() {
      return started(app);
    },
    get url() {
      return started(app).url;
    },
    get browser() {
      return started(browser);
    },
    open: async (path, look) => {
      const opened = await openPage(started(browser), look);
      if (path !== undefined) await opened.page.goto(`${started(app).url}${path}`);
      return opened;
    },
    replace: async (again) => {
      app = await again();
    },
  };
}
