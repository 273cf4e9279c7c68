import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, pathText, targetsOf } from '#engine/plan/index.ts';
import {
  checkPolicy,
  hasErrors,
  type Policy,
  parsePolicy,
  semanticHash,
  writePolicy,
} from '#engine/policy/index.ts';
import { type NamedSignals, signalsFrom } from '#engine/signals/index.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';
import { arbitrarySignals } from './arbitrary-record.ts';
import { lawPlan } from './law-world.ts';

const runs = { numRuns: 300, seed: Number(process.env.LAWS_SEED ?? 20_261_122) };
const label = fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: undefined });

describe('a policy', () => {
  it('is valid whenever the generator made it', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => hasErrors(checkPolicy(policy)) === false),
      runs,
    );
  });

  it('is read back from its text as it was', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const read = parsePolicy(writePolicy(policy));
        expect(read).toEqual({ kind: 'ok', policy });
        if (read.kind === 'ok') expect(writePolicy(read.policy)).toBe(writePolicy(policy));
      }),
      runs,
    );
  });

  it('decides alike whatever the order of its nodes and wherever they lie', () => {
    fc.assert(
      fc.property(
        arbitraryPolicy,
        arbitrarySignals,
        fc.infiniteStream(fc.nat()),
        (policy, signals, draws) => {
          const moved = shuffled(policy, draws);
          expect(semanticHash(moved)).toBe(semanticHash(policy));
          expect(decisionOf(moved, signals)).toEqual(decisionOf(policy, signals));
        },
      ),
      runs,
    );
  });

  it('keeps its hash and its decisions when labels and descriptions change', () => {
    fc.assert(
      fc.property(arbitraryPolicy, arbitrarySignals, label, label, (policy, signals, text, other) => {
        const renamed = relabelled(policy, text, other);
        expect(semanticHash(renamed)).toBe(semanticHash(policy));
        expect(decisionOf(renamed, signals)).toEqual(decisionOf(policy, signals));
      }),
      runs,
    );
  });

  it('decides alike with a node that nothing leads to', () => {
    fc.assert(
      fc.property(arbitraryPolicy, arbitrarySignals, (policy, signals) => {
        const nodes = { ...policy.nodes, stray: { kind: 'model', target: 'openai/gpt-5-mini' } as const };
        expect(decisionOf({ ...policy, nodes }, signals)).toEqual(decisionOf(policy, signals));
      }),
      runs,
    );
  });

  it('decides every request, the same way each time, and never throws', () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.array(arbitrarySignals, { maxLength: 20 }), (policy, requests) => {
        const plan = lawPlan(policy);
        for (const named of requests) {
          const decision = decide(plan, signalsFrom(named));
          expect(decision.attempts.length).toBeGreaterThan(0);
          expect(decide(plan, signalsFrom(named))).toEqual(decision);
        }
      }),
      runs,
    );
  });
});

describe('a decision in which nothing is undetermined', () => {
  it('stays the same whatever turns out to be behind what was unknown', () => {
    fc.assert(
      fc.property(
        arbitraryPolicy,
        fc.array(pairOfSignals, { minLength: 20, maxLength: 20 }),
        (policy, pairs) => {
          const plan = lawPlan(policy);
          for (const [known, other] of pairs) {
            const decision = decide(plan, signalsFrom(known));
            if (decision.path.some(({ undetermined }) => undetermined)) continue;
            expect(decide(plan, signalsFrom(filledUp(known, other)))).toEqual(decision);
          }
        },
      ),
      runs,
    );
  });
});

const pairOfSignals = fc.tuple(arbitrarySignals, arbitrarySignals);

/** What is unknown on one side, as the other side has it. */
function filledUp(known: NamedSignals, other: NamedSignals): NamedSignals {
  const certain = Object.entries(known).filter(([, value]) => value !== null);
  return { ...other, ...Object.fromEntries(certain) };
}

function decisionOf(policy: Policy, signals: Parameters<typeof signalsFrom>[0]) {
  const decision = decide(lawPlan(policy), signalsFrom(signals));
  return { path: pathText(decision.path), targets: targetsOf(decision), attempts: decision.attempts };
}

function shuffled(policy: Policy, draws: fc.Stream<number>): Policy {
  const keyed = Object.entries(policy.nodes).map((entry) => ({ entry, at: draws.next().value }));
  keyed.sort((left, right) => left.at - right.at);
  const nodes = Object.fromEntries(keyed.map(({ entry }) => entry));
  const layout = Object.fromEntries(
    keyed.map(({ entry: [id], at }) => [id, [at % 1_000, -at % 1_000] as [number, number]]),
  );
  return { ...policy, nodes, layout };
}

function relabelled(policy: Policy, text: string | undefined, other: string | undefined): Policy {
  const part = <T extends object>(one: T): T => ({ ...one, label: text });
  const nodes = Object.entries(policy.nodes).map(([id, node]) => {
    const named = { ...node, label: text, description: other };
    if (named.kind === 'condition') return [id, { ...named, cases: named.cases.map(part) }];
    return [id, named.kind === 'split' ? { ...named, arms: named.arms.map(part) } : named];
  });
  return { ...policy, name: 'Another name', description: other, nodes: Object.fromEntries(nodes) };
}
