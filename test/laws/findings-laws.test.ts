import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findProblems } from '#engine/explain/index.ts';
import { checkExpression, compileTest } from '#engine/expression/index.ts';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { type Decision, decide } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { type NamedSignals, type Signals, signalsFrom } from '#engine/signals/index.ts';
import { arbitraryPolicy, readPolicy } from './arbitrary-policy.ts';
import { arbitrarySignals } from './arbitrary-record.ts';
import { lawModels, lawPlan } from './law-world.ts';

const seed = Number(process.env.LAWS_SEED ?? 20_261_122);

/** Conditions over few facts and few values, so that much of what they ask is settled before. */
const atom = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('request.tools', 'request.images', 'time.hour'),
      fc.constantFrom('==', '!=', '<', '<=', '>', '>='),
      fc.constantFrom(-1, 0, 1, 2, 24).filter((bound) => bound >= 0),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(
      fc.constantFrom('draw', 'task.confidence'),
      fc.constantFrom('<', '>=', '=='),
      fc.constantFrom('0.0', '0.5', '1.0'),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(
      fc.constantFrom('caller.team', 'task.label', 'request.metadata.plan'),
      fc.constantFrom('==', '!='),
      fc.constantFrom('"a"', '"code"'),
    )
    .map((parts) => parts.join(' ')),
  fc.constantFrom(
    'caller.team in ["a", "b"]',
    'request.tools in [0, 1]',
    'request.stream',
    '"a" in caller.tags',
  ),
  fc.constantFrom('has(request.metadata.plan)', 'request.model.startsWith("gpt")', '1 < 2', '1 / 0 == 1'),
);
const condition: fc.Arbitrary<string> = fc.letrec<{ of: string }>((tie) => ({
  of: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: atom },
    fc.tuple(tie('of'), fc.constantFrom('&&', '||'), tie('of')).map(([a, by, b]) => `(${a} ${by} ${b})`),
    tie('of').map((one) => `!(${one})`),
  ),
})).of;

/** A ladder of conditions, classifiers and splits in which each exit leads down. */
const ladder: fc.Arbitrary<Policy> = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(fc.array(condition, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.nat())),
      },
      fc.tuple(fc.constant(null), fc.infiniteStream(fc.nat())),
    ),
    { minLength: 2, maxLength: 6 },
  )
  .map((rungs) => {
    const nodes = rungs.map(([cases, draws], at) => {
      const below = () => `n${at + 1 + ((draws.next().value ?? 0) % (rungs.length - at))}`;
      return [`n${at}`, cases === null ? splitOf(below) : conditionOf(cases, below)];
    });
    const end = [`n${rungs.length}`, { kind: 'model', target: 'openai/gpt-5-mini' }];
    return readPolicy({
      format: 1,
      id: 'l',
      name: 'L',
      entry: 'n0',
      nodes: Object.fromEntries([...nodes, end]),
    });
  });

function conditionOf(cases: readonly string[], below: () => string) {
  return {
    kind: 'condition',
    cases: cases.map((when, index) => ({ id: `c${index}`, when, to: below() })),
    else: below(),
  };
}

function splitOf(below: () => string) {
  return {
    kind: 'split',
    by: 'draw',
    arms: [0.25, 0.25, 0.5].map((share, index) => ({ id: `a${index}`, share, to: below() })),
  };
}

describe('a finding', () => {
  const claimed = new Map<string, number>();

  it.each([
    ['of any policy', arbitraryPolicy],
    ['of a ladder of conditions', ladder],
  ] as const)('%s is never contradicted by a request', (_, policies) => {
    fc.assert(
      fc.property(
        policies,
        fc.array(arbitrarySignals, { minLength: 60, maxLength: 60 }),
        (policy, requests) => {
          const plan = lawPlan(policy);
          const findings = findProblems(policy, { models: lawModels });
          for (const { code } of findings) claimed.set(code, (claimed.get(code) ?? 0) + 1);
          for (const named of requests) {
            const signals = signalsFrom(named);
            const decision = decide(plan, signals);
            for (const finding of findings)
              expect(contradiction(policy, finding, decision, signals, named)).toBeNull();
          }
        },
      ),
      { numRuns: 400, seed },
    );
  });

  it('is made of every sort that can be contradicted', () => {
    for (const code of [
      'condition_never',
      'condition_always',
      'case_shadowed',
      'exit_never',
      'branch_unreachable',
    ])
      expect([code, claimed.get(code) ?? 0]).not.toEqual([code, 0]);
  });
});

/** What a request shows that a finding says cannot be; `null` where it shows nothing of the kind. */
function contradiction(
  policy: Policy,
  { code, node = '', port, field }: Diagnostic,
  { path, attempts }: Decision,
  signals: Signals,
  named: NamedSignals,
): unknown {
  const steps = path.filter((step) => step.node === node);
  switch (code) {
    case 'branch_unreachable':
      return steps.length === 0 ? null : { named, path };
    case 'condition_never':
    case 'case_shadowed':
    case 'exit_never':
      return steps.some((step) => step.port === port) ? { named, port, path } : null;
    case 'condition_always':
      return steps.length > 0 &&
        isFalse(policy, node, field, signals) &&
        passed(policy, node, port, steps[0]?.port)
        ? { named, port, path }
        : null;
    case 'capability_dead_end': {
      const isPool = policy.nodes[node]?.kind === 'pool';
      return isPool && attempts.some((attempt) => attempt.kind === 'call' && attempt.node === node)
        ? { named, path }
        : null;
    }
    default:
      return null;
  }
}

function isFalse(policy: Policy, node: string, field: string | undefined, signals: Signals): boolean {
  const of = policy.nodes[node];
  const index = Number(field?.split('.')[1]);
  const when = of?.kind === 'condition' ? of.cases[index]?.when : undefined;
  const checked = checkExpression(when ?? '');
  return checked.kind === 'ok' && compileTest(checked.expr)(signals) === false;
}

/** Whether a request that left by `taken` was asked the case of `port`. */
function passed(
  policy: Policy,
  node: string,
  port: string | undefined,
  taken: string | null | undefined,
): boolean {
  const of = policy.nodes[node];
  if (of?.kind !== 'condition') return false;
  const exits = [...of.cases.map(({ id }) => id), 'else'];
  return exits.indexOf(taken ?? '') >= exits.indexOf(port ?? '');
}
