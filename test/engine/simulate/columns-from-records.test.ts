import { describe, expect, it } from 'vitest';
import { nameSignals, type RequestRecord, readSignal } from '#engine/signals/index.ts';
import { columnsFromRecords, hashColumns, recordColumnsOf, signalsAt } from '#engine/simulate/index.ts';
import { aRecord } from './builders.ts';

const records = [
  aRecord({ id: 'late', 'time.at': 3_000, 'caller.team': 'ads', 'caller.tags': ['batch'] }),
  aRecord({
    id: 'unknown',
    'time.at': null,
    'request.stream': null,
    'request.tools': null,
    'caller.team': null,
  }),
  aRecord({
    id: 'early',
    'time.at': 1_000,
    'caller.tags': ['batch'],
    'request.metadata': { b: '2', a: '1' },
  }),
];

describe('columnsFromRecords', () => {
  it('puts rows in order of time, those without one last', () => {
    const { codes, dictionary } = codedOf(records, 'id');
    expect([...codes].map((code) => dictionary[code])).toEqual(['early', 'late', 'unknown']);
  });

  it('gives every row its signals back, unknown ones left out', () => {
    const columns = columnsFromRecords(records);
    expect(nameSignals(signalsAt(columns, 0))).toEqual(
      Object.fromEntries(
        Object.entries(records[2]!).filter(([name]) => name in nameSignals(signalsAt(columns, 0))),
      ),
    );
    expect(readSignal(signalsAt(columns, 0), 'request.metadata')).toEqual({ b: '2', a: '1' });
    expect(readSignal(signalsAt(columns, 2), 'request.stream')).toBeNull();
    expect(readSignal(signalsAt(columns, 2), 'request.tools')).toBeNull();
    expect(readSignal(signalsAt(columns, 2), 'caller.team')).toBeNull();
  });

  it('writes equal lists and maps once', () => {
    expect(codedOf(records, 'caller.tags').dictionary).toEqual([null, ['batch'], []]);
    const same = [
      aRecord({ 'request.metadata': { a: '1', b: '2' } }),
      aRecord({ 'request.metadata': { b: '2', a: '1' } }),
    ];
    expect(codedOf(same, 'request.metadata').dictionary).toHaveLength(2);
  });

  it('widens its codes with the number of values', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => aRecord({ id: `r${index}` }));
    expect(codedOf(many(200), 'id').codes).toBeInstanceOf(Uint8Array);
    expect(codedOf(many(300), 'id').codes).toBeInstanceOf(Uint16Array);
  });
});

describe('the hash of a record set', () => {
  const hash = columnsFromRecords(records).hash;

  it('is the same for the same rows in another order', () => {
    expect(columnsFromRecords(records.toReversed()).hash).toBe(hash);
  });

  it('changes with any value', () => {
    for (const different of [
      { 'cost.nano_usd': 500_001 },
      { 'caller.tags': ['batch', 'x'] },
      { sandbox: true },
      { 'task.confidence': null },
      { id: 'other' },
    ] satisfies Partial<RequestRecord>[]) {
      const changed = records.map((record, row) => (row === 1 ? { ...record, ...different } : record));
      expect(columnsFromRecords(changed).hash).not.toBe(hash);
    }
  });

  it('does not depend on how a loader numbers its dictionary', () => {
    const columns = columnsFromRecords(records);
    const renumbered = recordColumnsOf(columns.length, (name) => {
      const column = columns.column(name);
      if (column.kind !== 'coded') return column;
      const last = column.dictionary.length - 1;
      return {
        kind: 'coded',
        codes: Uint32Array.from(column.codes, (code) => (code === 0 ? 0 : last + 1 - code)),
        dictionary: [null, ...column.dictionary.slice(1).reverse()],
      };
    });
    expect(hashColumns(renumbered.length, renumbered.column)).toBe(hash);
  });
});

function codedOf(rows: readonly RequestRecord[], name: keyof RequestRecord) {
  const column = columnsFromRecords(rows).column(name);
  if (column.kind !== 'coded') throw new Error(`${name} is not coded.`);
  return column;
}
