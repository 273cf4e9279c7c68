import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, decide, type Plan, pathText, targetsOf } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { nameSignals } from '#engine/signals/index.ts';
import { columnsFromRecords, routeColumns, signalsAt } from '#engine/simulate/index.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';
import { someRecords } from './arbitrary-record.ts';
import { interpret } from './reference-interpreter.ts';

const columns = columnsFromRecords(someRecords(10_000));
const rows = Array.from({ length: columns.length }, (_, row) => signalsAt(columns, row));
const named = rows.map(nameSignals);
const seed = Number(process.env.LAWS_SEED ?? 20_261_122);

describe('replaying a log', () => {
  it('decides 10,000 records under 200 policies as a plain reading of the document does, one by one and all at once', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const plan = planOf(policy);
        const routed = routeColumns(plan, columns);
        const differing = rows.findIndex((signals, row) => {
          const expected = interpret(policy, named[row]!);
          const live = decide(plan, signals);
          const replayed = routed.decisions[routed.codes[row]!]!;
          return (
            expected.path !== replayed.path ||
            expected.path !== pathText(live.path) ||
            expected.refused !== replayed.refused ||
            expected.targets.join() !== replayed.targets.join() ||
            expected.targets.join() !== targetsOf(live).join()
          );
        });
        if (differing < 0) return;
        expect({
          signals: named[differing],
          live: pathText(decide(plan, rows[differing]!).path),
          replayed: routed.decisions[routed.codes[differing]!]!.path,
        }).toEqual({ expected: interpret(policy, named[differing]!).path });
      }),
      { numRuns: 200, seed },
    );
  }, 120_000);
});

function planOf(policy: Policy): Plan {
  const compiled = compilePolicy(policy);
  if (compiled.kind === 'ok') return compiled.plan;
  throw new Error(`The generator made an invalid policy: ${JSON.stringify(compiled.diagnostics)}`);
}
