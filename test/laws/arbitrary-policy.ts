import fc from 'fast-check';
import { taskLabels } from '#engine/classify/task-labels.ts';
import { listableErrorClasses } from '#engine/nodes/index.ts';
import { type Policy, parsePolicyValue } from '#engine/policy/index.ts';
import { arbitraryCondition } from './arbitrary-condition.ts';
import { arbitraryPool } from './arbitrary-pool.ts';
import { targets } from './law-world.ts';

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
      classifiers,
    });
  });

/** Classifiers of the policy's own; records hold what they answered. */
const classifiers = {
  intent: { kind: 'examples', labels: { a: ['Ask a.'], b: ['Ask b.'], code: ['Write code.'] } },
  rules: { kind: 'rules', rules: [{ label: 'search', keywords: ['find'] }] },
};

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
  { weight: 4, arbitrary: arbitraryPool },
  fc.constant<RawNode>({ kind: 'refuse', message: 'No.' }),
  fc.constant<RawNode>({ kind: 'output', to: null }),
);

function branch(below: number): Rank {
  const to = fc.integer({ min: 0, max: below - 1 }).map(idOf);
  return fc.oneof(
    { weight: 4, arbitrary: condition(to) },
    { weight: 2, arbitrary: classifier(to) },
    { weight: 2, arbitrary: split(to) },
    { weight: 2, arbitrary: ownClassifier(to) },
    { weight: 2, arbitrary: fallback(to) },
    { weight: 2, arbitrary: cascade(to) },
    { weight: 2, arbitrary: limit(to) },
    { weight: 2, arbitrary: transform(to) },
    { weight: 1, arbitrary: to.map((next) => ({ kind: 'output', to: next })) },
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

function ownClassifier(to: fc.Arbitrary<string>): Rank {
  return fc
    .tuple(
      fc.constantFrom(['intent', ['a', 'b', 'code']] as const, ['rules', ['search']] as const),
      fc.array(to, { minLength: 1, maxLength: 3 }),
      to,
      fc.constantFrom(0, 0.5, 1),
    )
    .map(([[id, labels], ways, otherwise, confidence]) => ({
      kind: 'classifier',
      classifier: id,
      ports: Object.fromEntries(
        labels.flatMap((label, index) => (ways[index] === undefined ? [] : [[label, ways[index]]])),
      ),
      otherwise,
      confidence,
    }));
}

function limit(to: fc.Arbitrary<string>): Rank {
  return fc
    .record({
      per: fc.constantFrom(null, 'caller.team', 'caller.user'),
      amount: fc.constantFrom(0.25, 0.5, 1, 3, 40),
      unit: fc.constantFrom('requests', 'tokens', 'usd'),
      window: fc.constantFrom('minute', 'hour', 'day', 'month'),
      within: to,
      over: to,
    })
    .map((node) => ({ kind: 'limit', ...node }));
}

function transform(to: fc.Arbitrary<string>): Rank {
  return fc
    .record(
      {
        parameters: fc.constantFrom({ max_output_tokens: 50 }, { max_output_tokens: 5_000, temperature: 1 }),
        system: fc.constantFrom('Be brief.', 'Be kind.'),
        images: fc.constantFrom('keep', 'strip', 'refuse'),
        redact: fc.subarray(['email', 'secret']),
        to,
      },
      { requiredKeys: ['to'] },
    )
    .map((node) => ({ kind: 'transform', ...node }));
}

function cascade(to: fc.Arbitrary<string>): Rank {
  return fc
    .record({
      first: to,
      then: to,
      accept: fc.constantFrom(
        { no_refusal: true },
        { schema: true, min_characters: 20 },
        { judge: { target: 'openai/gpt-5-mini', question: 'Is it right?', at_least: 0.7 } },
        { min_logprob: -1 },
      ),
    })
    .map((node) => ({ kind: 'cascade', ...node }));
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
      fc.option(fc.constantFrom(0.1, 1), { nil: undefined }),
    )
    .map(([tries, on, deadline, budget]) => ({
      kind: 'fallback',
      try: tries,
      ...(on === undefined ? {} : { on }),
      ...(deadline === undefined ? {} : { deadline_ms: deadline }),
      ...(budget === undefined ? {} : { retry_budget: budget }),
    }));
}
