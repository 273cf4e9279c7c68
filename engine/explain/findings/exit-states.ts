import { checkExpression, type Expr } from '../../expression/index.ts';
import { classifiers as builtIn, type PolicyNode } from '../../nodes/index.ts';
import { entryKey } from './atom.ts';
import { naturalDomain } from './natural-domain.ts';
import { between, compared } from './number-set.ts';
import { gather, refine, refineByAtom, type States } from './state.ts';

/** What is certain behind each exit of a node, given what is certain before it. By port. */
export function exitStates(node: PolicyNode, states: States): ReadonlyMap<string, States> {
  switch (node.kind) {
    case 'condition':
      return behindCases(node, states);
    case 'classifier':
      return behindLabels(node, states);
    case 'split':
      return node.by === 'draw'
        ? behindDraw(node, states)
        : same(
            node.arms.map(({ id }) => id),
            states,
          );
    case 'transform':
      return new Map([['to', node.images === 'refuse' ? refine(states, noImages, 'not_false') : states]]);
    case 'output':
      return same(['to'], states);
    case 'limit':
      return same(['within', 'over'], states);
    case 'fallback':
      return same(
        node.try.map((_, index) => `${index + 1}`),
        states,
      );
    case 'cascade':
      return same(['first', 'then'], states);
    default:
      return new Map();
  }
}

const noImages = expressionOf('request.images <= 0');

/** A condition that was checked. */
export function expressionOf(text: string): Expr {
  const checked = checkExpression(text);
  if (checked.kind === 'bad') throw new Error(checked.problem.message);
  return checked.expr;
}

function same(ports: readonly string[], states: States): ReadonlyMap<string, States> {
  return new Map(ports.map((port) => [port, states]));
}

function behindCases(
  { cases }: Extract<PolicyNode, { kind: 'condition' }>,
  states: States,
): ReadonlyMap<string, States> {
  const exits = new Map<string, States>();
  let left = states;
  for (const { id, when } of cases) {
    const expr = expressionOf(when);
    exits.set(id, refine(left, expr, 'true'));
    left = refine(left, expr, 'not_true');
  }
  return exits.set('else', left);
}

/** A label leads on when the classifier is sure enough; anything else, also for want of knowing, is “otherwise”. */
function behindLabels(
  { classifier, ports, confidence }: Extract<PolicyNode, { kind: 'classifier' }>,
  states: States,
): ReadonlyMap<string, States> {
  const known = builtIn.get(classifier);
  const label = {
    key: known?.labelSignal ?? entryKey('classifiers.label', classifier),
    natural: naturalDomain('string'),
  };
  const sure = {
    key: known?.confidenceSignal ?? entryKey('classifiers.confidence', classifier),
    natural: naturalDomain('double', known?.confidenceSignal),
    restriction: { kind: 'numbers', set: compared('>=', confidence) },
  } as const;
  const labels = Object.keys(ports);
  const exits = new Map<string, States>();
  for (const port of labels) {
    const atom = { ...label, restriction: { kind: 'values', items: [port] } } as const;
    const named = states.flatMap((state) => refineByAtom(state, atom, 'true'));
    exits.set(port, gather(named.flatMap((state) => refineByAtom(state, sure, 'true'))));
  }
  const other = { ...label, restriction: { kind: 'values', items: labels } } as const;
  const otherwise = states.flatMap((state) => [
    ...refineByAtom(state, other, 'not_true'),
    ...refineByAtom(state, sure, 'not_true'),
  ]);
  return exits.set('otherwise', gather(otherwise));
}

/** All splits by draw look at the same number, so a second one behind the first does not choose anew. */
function behindDraw(
  { arms }: Extract<PolicyNode, { kind: 'split' }>,
  states: States,
): ReadonlyMap<string, States> {
  const exits = new Map<string, States>();
  let low = 0;
  for (const [index, { id, share }] of arms.entries()) {
    const isLast = index === arms.length - 1;
    const high = low + share;
    const range = isLast ? between(low, Number.POSITIVE_INFINITY) : between(low, high, true);
    const atom = {
      key: 'draw',
      natural: naturalDomain('double', 'draw'),
      restriction: { kind: 'numbers', set: range },
    } as const;
    // An unknown draw takes the last arm; an arm without a share is there on purpose.
    const behind = states.flatMap((state) => refineByAtom(state, atom, isLast ? 'not_false' : 'true'));
    exits.set(id, share === 0 ? states : gather(behind));
    low = high;
  }
  return exits;
}
