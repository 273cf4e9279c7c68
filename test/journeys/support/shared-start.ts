import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest's global set-up: a folder for what the files of one run share. It is empty until one of them needs it. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-first-start-'));
  process.env.FIRST_START_FOLDER = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
