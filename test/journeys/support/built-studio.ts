import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the studio where it is missing or older than its sources, as `npm start` does: a server of a test serves that. */
export async function buildStudio(): Promise<void> {
  await promisify(execFile)(process.execPath, ['server/run.mjs', 'start', '--help'], { cwd: root });
}
