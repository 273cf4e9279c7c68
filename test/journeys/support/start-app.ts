import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const patienceMs = 180_000;

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

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly dataFolder?: string;
}

/** For a test with vendors of its own: no sandbox beside them, and no sample traffic, which takes a core ten seconds. */
export const ownUpstreamsOnly = { WAYBILL_SANDBOX: 'off', WAYBILL_ALLOW_PRIVATE_UPSTREAMS: 'on' } as const;

/** Starts the app and waits until it says it is ready. Throws with everything printed when it ends first. */
export async function startApp(options: StartOptions = {}): Promise<App> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'waybill-journey-'));
  const child = spawn(process.execPath, ['server/run.mjs', 'start'], {
    cwd: root,
    env: { ...environment(), PORT: '0', WAYBILL_DATA: dataFolder, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (printed += String(chunk)));
  const url = await untilReady(child, () => printed);
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

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** Answers the address that it printed, once it is ready there. */
async function untilReady(child: ChildProcess, printed: () => string): Promise<string> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (hasEnded(child))
      throw new Error(`The app ended with ${child.exitCode ?? child.signalCode}:\n${printed()}`);
    const url = /^ {2}Studio +(http:\/\/[\d.]+:\d+)/m.exec(printed())?.[1];
    if (url !== undefined && (await isReady(url))) return url;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await end(child, 'SIGKILL');
  throw new Error(`The app was not ready in ${patienceMs / 1_000} s:\n${printed()}`);
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (hasEnded(child)) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
