import fc from 'fast-check';
import { taskLabels } from '#engine/classify/task-labels.ts';
import { listableErrorClasses } from '#engine/nodes/index.ts';
import { type Policy, parsePolicyValue } from '#engine/policy/index.ts';
import { arbitraryCondition } from './arbitrary-condition.ts';

/** Targets of several vendors; the last has no price and stands in no catalogue. */
export const targets = [
  'openai/gpt-5-mini',
  'openai/gpt-5.5',
  'anthropic/claude-opus-5',
  'anthropic/claude-sonnet-4-5',
  'google/gemini-2.5-pro',
  'nobody/knows-this',
] as const;

type RawNode = Record<string, unknown>;
type Rank = fc.Arbitrary<RawNode>;

/**
 * Valid policies of up to twelve nodes: every kind, shared nodes, fallbacks whose tries choose, refusals inside
 * fallbacks, nodes that nothing leads to. A node leads only to nodes before it, so there is no circle.
 */
export const arbitraryPolicy: fc.Arbitrary<Policy> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 8 }))
  .chain(([leaves, others]) => fc.tuple(...nodesOf(leaves, others)))
  .map((nodes) => {
    const named = nodes.map((node, index) => [idOf(index), node] as const);
    return readPolicy({
      format: 1,
      id: 'random',
      name: 'Random',
      entry: idOf(nodes.length - 1),
      nodes: Object.fromEntries(named),
    });
  });

/** Policies by the path that leads a reader of a failure to the rule it broke. */
export function readPolicy(value: unknown): Policy {
  const parsed = parsePolicyValue(value);
  if (parsed.kind === 'ok') return parsed.policy;
  throw new Error(`The generator made a policy that cannot be read: ${JSON.stringify(parsed.diagnostics)}`);
}

function nodesOf(leaves: number, others: number): Rank[] {
  return Array.from({ length: leaves + others }, (_, index) => (index < leaves ? leaf : branch(index)));
}

function idOf(index: number): string {
  return `n${index}`;
}

const leaf: Rank = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...targets).map((target): RawNode => ({ kind: 'model', target })),
  },
  fc.constant<RawNode>({ kind: 'refuse', message: 'No.' }),
);

function branch(below: number): Rank {
  const to = fc.integer({ min: 0, max: below - 1 }).map(idOf);
  return fc.oneof(
    { weight: 4, arbitrary: condition(to) },
    { weight: 2, arbitrary: classifier(to) },
    { weight: 2, arbitrary: split(to) },
    { weight: 2, arbitrary: fallback(to) },
  );
}

function condition(to: fc.Arbitrary<string>): Rank {
  return fc
    .tuple(fc.array(fc.tuple(arbitraryCondition, to), { maxLength: 4 }), to)
    .map(([cases, otherwise]) => ({
      kind: 'condition',
      cases: cases.map(([when, target], index) => ({ id: `c${index}`, when, to: target })),
      else: otherwise,
    }));
}

function classifier(to: fc.Arbitrary<string>): Rank {
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...taskLabels), to, { maxKeys: 5, noNullPrototype: true }),
      to,
      fc.constantFrom(0, 0.25, 0.5, 0.55, 1),
    )
    .map(([ports, otherwise, confidence]) => ({ kind: 'classifier', ports, otherwise, confidence }));
}

function split(to: fc.Arbitrary<string>): Rank {
  return fc
    .tuple(
      fc.constantFrom('draw', 'session.id', 'caller.team', 'caller.user'),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), to), { minLength: 1, maxLength: 4 }),
      fc.option(fc.constantFrom('spring', ''), { nil: undefined }),
    )
    .map(([by, arms, salt]) => ({
      kind: 'split',
      by,
      ...(salt === undefined ? {} : { salt }),
      arms: shareOut(arms),
    }));
}

/** Eighths add up exactly; the last arm takes what is left. */
function shareOut(arms: readonly (readonly [number, string])[]): RawNode[] {
  let left = 8;
  return arms.map(([eighths, to], index) => {
    const taken = index === arms.length - 1 ? left : Math.min(eighths, left);
    left -= taken;
    return { id: `a${index}`, share: taken / 8, to };
  });
}

function fallback(to: fc.Arbitrary<string>): Rank {
  return fc
    .tuple(
      fc.array(to, { minLength: 1, maxLength: 3 }),
      fc.option(fc.subarray([...listableErrorClasses]), { nil: undefined }),
      fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined }),
    )
    .map(([tries, on, deadline]) => ({
      kind: 'fallback',
      try: tries,
      ...(on === undefined ? {} : { on }),
      ...(deadline === undefined ? {} : { deadline_ms: deadline }),
    }));
}
