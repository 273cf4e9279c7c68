import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The whole product as a user starts it: `npm start` on a free port with stores of its own. */
export interface App {
  readonly url: string;
  /** The key printed at first start. */
  readonly key: string;
  readonly dataFolder: string;
  /** Everything printed so far. */
  output(): string;
  /** Ends the process and, unless told otherwise, removes its stores. */
  stop(options?: { readonly keep?: boolean; readonly signal?: NodeJS.Signals }): Promise<number | null>;
}

/** Starts the app and waits until it says it is ready. Throws with everything printed when it ends first. */
export async function startApp(
  options: { readonly env?: Readonly<Record<string, string>>; readonly dataFolder?: string } = {},
): Promise<App> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'waybill-journey-'));
  const port = Number(options.env?.PORT ?? (await freePort()));
  const child = spawn(process.execPath, ['server/run.mjs', 'start'], {
    cwd: root,
    env: { ...environment(), PORT: String(port), WAYBILL_DATA: dataFolder, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (printed += String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, url, () => printed);
  return {
    url,
    key: /\bwb-[A-Za-z0-9]+/.exec(printed)?.[0] ?? '',
    dataFolder,
    output: () => printed,
    stop: async ({ keep = false, signal = 'SIGTERM' } = {}) => {
      const code = await end(child, signal);
      if (!keep) rmSync(dataFolder, { recursive: true, force: true });
      return code;
    },
  };
}

/** The tests' own environment without settings and keys that would change what is tested. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^WAYBILL_|_API_KEY$|^DATABASE_URL$|^REDIS_URL$|^NODE_ENV$|^VITEST/.test(name),
  );
  return Object.fromEntries(kept);
}

async function untilReady(child: ChildProcess, url: string, printed: () => string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The app ended with ${child.exitCode}:\n${printed()}`);
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The app was not ready in two minutes:\n${printed()}`);
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

/** A port nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
