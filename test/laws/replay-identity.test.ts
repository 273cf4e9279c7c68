import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Plan, pathText, targetsOf } from '#engine/plan/index.ts';
import { nameSignals } from '#engine/signals/index.ts';
import { columnsFromRecords, type RecordColumns, routeColumns, signalsAt } from '#engine/simulate/index.ts';
import { arbitraryPolicy, readPolicy } from './arbitrary-policy.ts';
import { arbitraryRecord, someRecords } from './arbitrary-record.ts';
import { lawPlan } from './law-world.ts';
import { interpret } from './reference-interpreter.ts';

const columns = columnsFromRecords(someRecords(3_000));
const rows = Array.from({ length: columns.length }, (_, row) => signalsAt(columns, row));
const named = rows.map(nameSignals);
const seed = Number(process.env.LAWS_SEED ?? 20_261_122);

describe('replaying a log', () => {
  it('decides 3,000 records under 100 policies alike one by one and all at once, and as a plain reading of the document does', () => {
    // The plain reading is slow, so each policy has it read another quarter of the records.
    let turn = 0;
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const plan = lawPlan(policy);
        const routed = routeColumns(plan, columns);
        turn += 1;
        for (const [row, signals] of rows.entries()) {
          const replayed = routed.decisions[routed.codes[row]!]!;
          const { path, targets, refused } = replayed;
          const live = decide(plan, signals);
          if (path !== pathText(live.path) || targets.join() !== targetsOf(live).join())
            expect({ row, path, targets }).toEqual({
              row,
              path: pathText(live.path),
              targets: targetsOf(live),
            });
          if ((row + turn) % 4 !== 0) continue;
          const expected = interpret(policy, named[row]!);
          if (
            path !== expected.path ||
            refused !== expected.refused ||
            targets.join() !== expected.targets.join()
          )
            expect({ signals: named[row], path, targets, refused }).toEqual({
              signals: named[row],
              ...expected,
            });
        }
      }),
      { numRuns: 100, seed },
    );
  }, 240_000);

  it('decides any handful of records as one by one, whatever their number', () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.array(arbitraryRecord, { maxLength: 9 }), (policy, records) => {
        const few = columnsFromRecords(records);
        expect(pathsOf(lawPlan(policy), few)).toEqual(pathsOneByOne(lawPlan(policy), few));
      }),
      { numRuns: 150, seed },
    );
  });

  it('keeps more ways apart than sixteen bits can count', () => {
    const bits = Array.from({ length: 17 }, (_, bit) => bit);
    const nodes = bits.map((bit) => [
      `bit${bit}`,
      {
        kind: 'condition',
        cases: [{ id: 'one', when: `(request.input_tokens / ${2 ** bit}) % 2 == 1`, to: next(bit) }],
        else: next(bit),
      },
    ]);
    const end = ['end', { kind: 'model', target: 'openai/gpt-5-mini' }];
    const policy = readPolicy({
      format: 1,
      id: 'bits',
      name: 'Bits',
      entry: 'bit0',
      nodes: Object.fromEntries([...nodes, end]),
    });
    const [record] = someRecords(1);
    const many = columnsFromRecords(
      Array.from({ length: 70_000 }, (_, row) => ({ ...record!, 'request.input_tokens': row })),
    );
    const paths = pathsOf(lawPlan(policy), many);
    expect(new Set(paths).size).toBe(70_000);
    const plan = lawPlan(policy);
    for (let row = 0; row < many.length; row += 13)
      expect(paths[row]).toBe(pathText(decide(plan, signalsAt(many, row)).path));
  });
});

function next(bit: number): string {
  return bit === 16 ? 'end' : `bit${bit + 1}`;
}

function pathsOf(plan: Plan, records: RecordColumns): readonly string[] {
  const { codes, decisions } = routeColumns(plan, records);
  return [...codes].map((code) => decisions[code]!.path);
}

function pathsOneByOne(plan: Plan, records: RecordColumns): readonly string[] {
  const all = Array.from({ length: records.length }, (_, row) => signalsAt(records, row));
  return all.map((signals) => pathText(decide(plan, signals).path));
}
