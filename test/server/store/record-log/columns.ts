import { expect, it } from 'vitest';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { always, logWith } from './log-with.ts';

/** A window as columns, and their hash. */
export function testColumns(open: () => Promise<RecordLog>): void {
  it('gives a window as columns in order of time', async () => {
    const log = await logWith(
      open,
      { id: 'b', 'time.at': 2_000, 'task.label': null, 'request.stream': true, 'caller.tags': ['x'] },
      { id: 'a', 'time.at': 1_000, 'task.confidence': null },
      { id: 'c', 'time.at': 3_000 },
    );
    const columns = await log.columns({ from: 1_000, to: 3_000 });
    const coded = (name: 'id' | 'task.label' | 'caller.tags') => {
      const column = columns.column(name);
      return column.kind === 'coded' ? [...column.codes].map((code) => column.dictionary[code]) : [];
    };
    const numbers = (name: 'time.at' | 'task.confidence' | 'request.stream') => {
      const column = columns.column(name);
      return column.kind === 'coded' ? [] : [...column.values];
    };
    expect(columns.length).toBe(2);
    expect(coded('id')).toEqual(['a', 'b']);
    expect(coded('task.label')).toEqual(['code', null]);
    expect(coded('caller.tags')).toEqual([[], ['x']]);
    expect(numbers('time.at')).toEqual([1_000, 2_000]);
    expect(numbers('task.confidence')).toEqual([Number.NaN, 0.9]);
    expect(numbers('request.stream')).toEqual([0, 1]);
  });

  it('hashes equal records alike, in every store', async () => {
    const records = [
      { id: 'a', 'caller.tags': ['x', 'y'] },
      { id: 'b', 'task.label': null },
    ] as const;
    const log = await logWith(open, ...records);
    const reference = await logWith(async () => makeMemoryRecordLog(), ...records);
    const other = await logWith(open, { id: 'a' });
    const hash = (await log.columns(always)).hash;
    expect(hash).toBe((await reference.columns(always)).hash);
    expect(hash).not.toBe((await other.columns(always)).hash);
  });
}
