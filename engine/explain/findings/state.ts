import { compileTest, type Expr, signalsOf } from '../../expression/index.ts';
import { signalsFrom } from '../../signals/index.ts';
import { type Atom, atomOf } from './atom.ts';
import { type Domain, eitherOf, isImpossible, restrict } from './domain.ts';

/** What is certain of every request on one way: facts by key. What has no entry can be anything. */
export type State = ReadonlyMap<string, Domain>;

/** Ways that lead to the same place: a request is on at least one of them. None: no request gets there. */
export type States = readonly State[];

export const anything: States = [new Map()];

/** More ways than this are made into one that allows all that each allows. */
const mostStates = 24;

/**
 * How a condition turned out: true, false, or not so, which leaves it open whether it could not be determined. The last
 * two are what an exit that was passed over tells.
 */
export type Outcome = 'true' | 'false' | 'not_true' | 'not_false';

/** The ways on which a condition can turn out so. More than there are, never fewer. */
export function refine(states: States, expr: Expr, outcome: Outcome): States {
  return gather(states.flatMap((state) => refineOne(state, expr, outcome)));
}

function refineOne(state: State, expr: Expr, outcome: Outcome): States {
  switch (expr.op) {
    case 'not':
      return refineOne(state, expr.of, opposite[outcome]);
    case 'and':
      return outcome === 'true' || outcome === 'not_false'
        ? refine(refineOne(state, expr.left, outcome), expr.right, outcome)
        : [...refineOne(state, expr.left, outcome), ...refineOne(state, expr.right, outcome)];
    case 'or':
      return outcome === 'false' || outcome === 'not_true'
        ? refine(refineOne(state, expr.left, outcome), expr.right, outcome)
        : [...refineOne(state, expr.left, outcome), ...refineOne(state, expr.right, outcome)];
    case 'literal': {
      const holds = outcome === 'true' || outcome === 'not_false';
      return expr.value === holds ? [state] : [];
    }
    default:
      if (signalsOf(expr).length === 0) return isConstant(expr, outcome) ? [state] : [];
      // A text that is not another is a text that is the other, turned round.
      return expr.op === 'compare' && expr.by === '!='
        ? refineByAtom(state, atomOf({ ...expr, by: '==' }), opposite[outcome])
        : refineByAtom(state, atomOf(expr), outcome);
  }
}

/** Whether a condition that asks nothing of a request turns out so. */
function isConstant(expr: Expr, outcome: Outcome): boolean {
  const answer = compileTest(expr)(signalsFrom({}));
  switch (outcome) {
    case 'true':
      return answer === true;
    case 'false':
      return answer === false;
    case 'not_true':
      return answer !== true;
    case 'not_false':
      return answer !== false;
  }
}

const opposite: Readonly<Record<Outcome, Outcome>> = {
  true: 'false',
  false: 'true',
  not_true: 'not_false',
  not_false: 'not_true',
};

/** A test that turned out leaves its fact known; one that was passed over may have been unknown. */
export function refineByAtom(state: State, { key, natural, restriction }: Atom, outcome: Outcome): States {
  const before = state.get(key) ?? natural;
  const holds = outcome === 'true' || outcome === 'not_false';
  const after: Domain = {
    values: restrict(before.values, restriction, holds),
    mayBeUnknown: before.mayBeUnknown && outcome !== 'true' && outcome !== 'false',
  };
  return isImpossible(after) ? [] : [new Map(state).set(key, after)];
}

/** Many ways as few: each fact then allows what any of them allows. */
export function gather(states: States): States {
  if (states.length <= mostStates) return states;
  const [first, ...rest] = states;
  if (first === undefined) return states;
  const joined = rest.reduce<State>((all, one) => joinTwo(all, one), first);
  return [joined];
}

function joinTwo(left: State, right: State): State {
  const joined = new Map<string, Domain>();
  for (const [key, domain] of left) {
    const other = right.get(key);
    const either = other === undefined ? undefined : eitherOf(domain, other);
    if (either !== undefined) joined.set(key, either);
  }
  return joined;
}
