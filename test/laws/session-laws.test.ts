import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { columnsFromRecords, fitEstimates, openSession, simulate } from '#engine/simulate/index.ts';
import { aPlan } from '../engine/builders.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';
import { someRecords } from './arbitrary-record.ts';
import { lawModels, lawPlan, targets } from './law-world.ts';

const columns = columnsFromRecords(someRecords(500, 23));
/** A session leaves prompt caches out. */
const estimates = { ...fitEstimates(columns, lawModels.catalogue), caching: false };
const runs = { numRuns: 20, seed: Number(process.env.LAWS_SEED ?? 20_261_122) };

/** An edit: another target for the nth model, another place for the nth exit, or a whole other drawing. */
const edits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('target' as const), nth: fc.nat(20), target: fc.constantFrom(...targets) }),
    fc.record({ kind: fc.constant('swap' as const), nth: fc.nat(20), other: fc.nat(20) }),
    fc.record({ kind: fc.constant('redraw' as const), policy: arbitraryPolicy }),
  ),
  { minLength: 2, maxLength: 6 },
);

describe('a session', () => {
  it('after any edits tells what a what-if from scratch tells, to the last nano-dollar', () => {
    let told = 0;
    fc.assert(
      fc.property(
        arbitraryPolicy,
        fc.option(arbitraryPolicy, { nil: null, freq: 3 }),
        edits,
        (first, base, list) => {
          const session = openSession({ columns, ...lawModels, estimates });
          const baseline = base && lawPlan(base);
          let policy = first;
          for (const edit of [null, ...list]) {
            policy = edit === null ? policy : apply(policy, edit);
            const candidate = lawPlan(policy);
            const answer = session.ask(candidate, baseline);
            if (answer.kind === 'full_pass') continue;
            told += 1;
            const whole = simulate({
              columns,
              candidate,
              baseline,
              ...lawModels,
              estimates,
              seed: 1,
              parts: 'totals',
            });
            expect(whole.cost_nano_usd).toMatchObject(answer.result.cost_nano_usd);
            for (const [name, value] of Object.entries(answer.result))
              if (name !== 'cost_nano_usd')
                expect([name, value]).toEqual([name, whole[name as keyof typeof whole]]);
          }
        },
      ),
      runs,
    );
    expect(told).toBeGreaterThan(20);
  });

  it('says why when it cannot tell', () => {
    const session = openSession({ columns, ...lawModels });
    const limited = aPlan({
      cap: { kind: 'limit', amount: 3, within: 'a', over: 'a' },
      a: { kind: 'model', target: 'openai/gpt-5-mini' },
    });
    expect(session.ask(limited, null)).toMatchObject({
      kind: 'full_pass',
      why: expect.stringContaining('Limits'),
    });
  });
});

type Edit = ReturnType<typeof edits.generate>['value'][number];

function apply(policy: Policy, edit: Edit): Policy {
  if (edit.kind === 'redraw') return edit.policy;
  const ids = Object.keys(policy.nodes);
  const models = ids.filter((id) => policy.nodes[id]?.kind === 'model');
  const id = models[edit.nth % Math.max(1, models.length)];
  if (id === undefined) return policy;
  if (edit.kind === 'target')
    return {
      ...policy,
      nodes: { ...policy.nodes, [id]: { ...policy.nodes[id]!, target: edit.target } as never },
    };
  const other = models[edit.other % models.length]!;
  return { ...policy, nodes: { ...policy.nodes, [id]: policy.nodes[other]!, [other]: policy.nodes[id]! } };
}
