import {
  codedOrder,
  type ErrorClass,
  factsThatCount,
  isUndetermined,
  makeRanker,
  noDeadlines,
  type PoolSettings,
  type PreparedPool,
  rankCode,
  readPoolFacts,
} from '../nodes/index.ts';
import type { Signals } from '../signals/index.ts';
import { plainCall } from './plain-call.ts';
import type { Attempt, Fixed, PlanNode, Step } from './plan.ts';

/** Orders of candidates whose attempts are kept, a pool. */
const mostKept = 4_096;

/** A pool for one request: which candidates to try as a number, and what that number means. */
export function compilePool(pool: PreparedPool): Omit<Extract<PlanNode, { kind: 'pool' }>, 'id' | 'fixed'> {
  const { settings, candidates } = pool;
  const hinges = factsThatCount(pool);
  const rank = makeRanker(pool, settings.attempts);
  const choose = (signals: Signals): number => {
    const facts = readPoolFacts(signals);
    const { order, away } = rank(facts);
    const isUnavailable = order.length === 0 && away > 0;
    const code = isUnavailable
      ? nobodyThere(candidates.length)
      : rankCode(order, settings.attempts, candidates.length);
    return isUndetermined(hinges, facts) ? -1 - code : code;
  };
  const kept = new Map<number, Fixed>();
  const answer = (choice: number): Fixed => {
    const known = kept.get(choice);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const made = answerOf(pool, choice);
    kept.set(choice, made);
    return made;
  };
  return { kind: 'pool', pool, choose, answer };
}

/** No candidate, since no provider can be called: a second digit behind an empty first one, which no order has. */
function nobodyThere(candidates: number): number {
  return candidates + 1;
}

/** Indexes of the candidates that a choice tries, best first. */
export function candidatesOf({ candidates }: PreparedPool, choice: number): readonly number[] {
  const code = choice < 0 ? -1 - choice : choice;
  return code === nobodyThere(candidates.length) ? [] : codedOrder(code, candidates.length);
}

function answerOf(pool: PreparedPool, choice: number): Fixed {
  const { settings, candidates } = pool;
  const step: Step = Object.freeze({ node: settings.id, port: null, undetermined: choice < 0 });
  const targets = candidatesOf(pool, choice).flatMap((index) => candidates[index]?.target ?? []);
  const isUnavailable =
    choice === nobodyThere(candidates.length) || choice === -1 - nobodyThere(candidates.length);
  const attempts =
    targets.length === 0
      ? [refusalOf(settings, isUnavailable)]
      : targets.map((target, index) => callOf(settings, target, index, targets.length));
  return Object.freeze({ path: Object.freeze([step]), attempts: Object.freeze(attempts) });
}

function callOf(settings: PoolSettings, target: string, index: number, count: number): Attempt {
  const { id, on, deadlineMs, changes } = settings;
  const moves: Partial<Record<ErrorClass, number>> = {};
  if (index + 1 < count) for (const error of on) moves[error] = index + 1;
  return Object.freeze({
    ...plainCall(id, target, { changes, deadlines: noDeadlines }),
    moves: Object.freeze(moves),
    within: Object.freeze(deadlineMs === null ? [] : [{ from: 0, ms: deadlineMs }]),
  });
}

function refusalOf({ id }: PoolSettings, isUnavailable: boolean): Attempt {
  const refusal = isUnavailable
    ? {
        node: id,
        code: 'no_available_candidate',
        status: 503,
        message: 'None of the models that could take this request can be called here at the moment.',
      }
    : {
        node: id,
        code: 'no_capable_candidate',
        status: 422,
        message:
          'None of the models of this pool can take this request: it asks for more room, images, tools or a form of answer that they do not have.',
      };
  return Object.freeze({
    kind: 'refuse',
    node: id,
    refusal: Object.freeze(refusal),
    countsAs: 'unavailable',
  });
}
