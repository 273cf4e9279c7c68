import type { Caller, RequestRecord } from '#engine/signals/index.ts';
import type { KeyDirectory } from '#server/governance/key-directory.ts';
import type { ConfigStore, Configuration } from '#server/store/config-store.ts';
import { makeMemoryConfigStore } from '#server/store/memory/make-memory-config-store.ts';
import type { RecordLog } from '#server/store/record-log.ts';

/** A configuration in memory. */
export function aConfigStore(start: Partial<Configuration> = {}): ConfigStore {
  return makeMemoryConfigStore({ salt: 'salt', start, clock: () => Date.UTC(2026, 0, 1) });
}

/** A request log in memory: appending, counting and finding. Its `records` are there for the test. */
export interface MemoryLog extends RecordLog {
  readonly records: RequestRecord[];
  /** The next record that is appended, or has been and nobody asked for. */
  next(): Promise<RequestRecord>;
}

export function aRecordLog(): MemoryLog {
  const records: RequestRecord[] = [];
  const waiting: ((record: RequestRecord) => void)[] = [];
  let taken = 0;
  const notHere = () => Promise.reject(new Error('The log in memory does not do this.'));
  return {
    records,
    append: (record) => {
      records.push(record);
      const first = waiting.shift();
      if (first === undefined) return;
      taken += 1;
      first(record);
    },
    next: () => {
      const record = records[taken];
      if (record === undefined) return new Promise((resolve) => waiting.push(resolve));
      taken += 1;
      return Promise.resolve(record);
    },
    flush: async () => {},
    count: async () => records.length,
    find: async (id) => records.find((record) => record.id === id),
    page: async ({ limit }) => ({ records: records.toReversed().slice(0, limit), next: null }),
    summary: notHere,
    spend: async () => [],
    usage: notHere,
    held: notHere,
    forget: notHere,
    retire: notHere,
    rollups: notHere,
    strip: notHere,
    columns: notHere,
    close: async () => {},
  };
}

export const testSecret = 'wb-test-0123456789';
export const testCaller: Caller = { key: 'ci', team: 'search', project: 'ranking', tags: ['batch'] };

/** One key, {@link testSecret}, unless told otherwise. */
export function aKeyDirectory(
  callers: Readonly<Record<string, Caller>> = { [testSecret]: testCaller },
): KeyDirectory {
  return { authenticate: (secret) => (Object.hasOwn(callers, secret) ? callers[secret] : undefined) };
}
