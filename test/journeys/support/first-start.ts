import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from './start-app.ts';

/**
 * The product as a first start leaves it, with the key that it printed. Its sample traffic takes a core ten seconds, so that a
 * run makes it once and copies it (`shared-start.ts`); what is about the first start itself takes `startApp`.
 */
export async function startSample(env: Readonly<Record<string, string>> = {}): Promise<App> {
  const shared = process.env.FIRST_START_FOLDER;
  if (shared === undefined) return startApp({ env });
  const key = await keyOfFirstStart(shared);
  const dataFolder = mkdtempSync(join(tmpdir(), 'waybill-journey-'));
  cpSync(join(shared, 'data'), dataFolder, { recursive: true });
  return { ...(await startApp({ dataFolder, env })), key };
}

/** Makes the first start where nobody has; waits where somebody is at it. */
async function keyOfFirstStart(shared: string): Promise<string> {
  const [key, making] = [join(shared, 'key'), join(shared, 'making')];
  while (!existsSync(key)) {
    if (isMade(making)) return makeFirstStart(shared, key).finally(() => rmSync(making, { recursive: true }));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return readFileSync(key, 'utf8');
}

async function makeFirstStart(shared: string, keyFile: string): Promise<string> {
  if (existsSync(keyFile)) return readFileSync(keyFile, 'utf8');
  const dataFolder = join(shared, 'data');
  rmSync(dataFolder, { recursive: true, force: true });
  const app = await startApp({ dataFolder });
  const code = await app.stop({ keep: true });
  if (code !== 0 || app.key === '')
    throw new Error(`The first start ended with ${code} and the key "${app.key}":\n${app.output()}`);
  writeFileSync(`${keyFile}.new`, app.key);
  renameSync(`${keyFile}.new`, keyFile);
  return app.key;
}

/** Whether the folder was not there before: only one of several that try makes it. */
function isMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
