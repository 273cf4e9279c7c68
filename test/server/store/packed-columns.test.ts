import { describe, expect, it } from 'vitest';
import { recordColumns } from '#engine/signals/index.ts';
import { columnsFromRecords } from '#engine/simulate/columns-from-records.ts';
import { openColumns, packColumns } from '#server/store/packed-columns.ts';
import { buffersIn } from '#server/worker/serve-methods.ts';
import { aRecord } from './builders.ts';

const columns = columnsFromRecords([
  aRecord({ id: 'a', 'caller.tags': ['x', 'y'], 'task.label': null }),
  aRecord({ id: 'b', 'request.metadata': { ticket: '漢字' }, 'task.confidence': null }),
]);

describe('packed columns', () => {
  it('open to the same columns, with the same hash', () => {
    const opened = openColumns(packColumns(columns));
    expect(opened.length).toBe(2);
    expect(opened.hash).toBe(columns.hash);
    for (const { name } of recordColumns) expect(opened.column(name)).toEqual(columns.column(name));
  });

  it('are nothing but buffers that can change threads', () => {
    const packed = packColumns(columns);
    const dictionaries = recordColumns.filter(({ name }) => columns.column(name).kind === 'coded');
    expect(buffersIn(packed)).toHaveLength(recordColumns.length + dictionaries.length);
    const moved = structuredClone(packed, { transfer: buffersIn(packed) });
    expect(openColumns(moved).hash).toBe(columns.hash);
  });

  it('are not packed again after they were opened', () => {
    const packed = packColumns(columns);
    expect(packColumns(openColumns(packed))).toBe(packed);
  });
});
