import { describe, expect, it } from 'vitest';
import { openRecordLog } from '#server/store/duckdb/open-record-log.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import type { RecordLog, RecordQuery } from '#server/store/record-log.ts';
import { aFolder, aRecord, silent } from './builders.ts';

const stores: Readonly<Record<string, () => Promise<RecordLog>>> = {
  memory: async () => makeMemoryRecordLog(),
  duckdb: () => openRecordLog({ folder: aFolder(), logger: silent }),
};

describe.each(Object.entries(stores))('requests behind a bar of the spend page, in %s', (_name, open) => {
  it('are found by time, project, key, user, tag, task, version, called model, and teams that may be seen', async () => {
    const log = await open();
    try {
      log.append(aRecord({ id: 'one', 'time.at': 1_000 }));
      log.append(
        aRecord({
          id: 'two',
          'time.at': 2_000,
          'caller.team': "o'ps",
          'caller.project': 'p',
          'caller.key': 'k',
          'caller.user': 'u',
          'caller.tags': ["it's", 'x'],
          'task.label': 'math',
          'decision.version': 7,
          'outcome.attempts': '[{"target":"a/tried","outcome":"timeout","cost_nano_usd":1}]',
        }),
      );
      await log.flush();
      const queries: readonly Omit<RecordQuery, 'limit'>[] = [
        { from: 2_000 },
        { project: 'p' },
        { key: 'k' },
        { user: 'u' },
        { tag: "it's" },
        { task: 'math' },
        { version: 7 },
        { model: 'a/tried' },
        { teams: ["o'ps", 'none'] },
      ];
      for (const query of queries) {
        const { records } = await log.page({ limit: 9, ...query });
        expect(
          records.map(({ id }) => id),
          JSON.stringify(query),
        ).toEqual(['two']);
      }
      expect((await log.page({ limit: 9, to: 2_000 })).records.map(({ id }) => id)).toEqual(['one']);
      expect((await log.page({ limit: 9, teams: [] })).records).toEqual([]);
      const requests = async (...teams: string[]) =>
        (await log.summary({ from: 0, to: 9_000, teams })).total.requests;
      expect([await requests("o'ps"), await requests(), await requests("o'ps", 'search')]).toEqual([1, 0, 2]);
    } finally {
      await log.close();
    }
  });
});
