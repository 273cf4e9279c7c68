import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { RequestRecord } from '#engine/signals/index.ts';
import { aPlainRecord } from './plain-record.ts';

export const silent = pino({ level: 'silent' });

/** A folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A served request; takes only what differs. */
export function aRecord(different: Partial<RequestRecord> = {}): RequestRecord {
  return { ...aPlainRecord('r-1'), ...different };
}
