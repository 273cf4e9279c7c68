import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chromium is: `CHROMIUM` or where Debian's package puts it. Says how to get it when it is nowhere. */
function chromiumPath(): string {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(path))
    throw new Error(
      `There is no browser at ${path}. Install one: apt-get install -y chromium (or set CHROMIUM).`,
    );
  return path;
}

/** Debian's Chromium, headless. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: flags });
}

export interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface OpenPage {
  readonly page: Page;
  /** What went wrong in it so far. */
  readonly errors: readonly string[];
}

/** What a page waits for may come late on a busy machine, ms. */
const patienceMs = 60_000;

/** A page of its own context (its own storage), which collects everything that went wrong in it. */
export async function openPage(browser: Browser, look: Look = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
    colorScheme: look.scheme ?? 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.addInitScript(watchScrolling);
  return { page, errors };
}

/**
 * A drawing never scrolls, it is panned. One that does was scrolled to press something out of its view, where nobody could
 * have pressed it: it springs back, and the press hits what lies there then.
 */
function watchScrolling(): void {
  const onScroll = ({ target }: Event): void => {
    if (!(target instanceof Element) || !target.classList.contains('react-flow')) return;
    if (target.scrollTop !== 0 || target.scrollLeft !== 0)
      console.error(
        'The drawing was scrolled: what was pressed is out of its view. Bring it into view first.',
      );
  };
  window.addEventListener('scroll', onScroll, { capture: true });
}
