import { lackWords, poolOf, scorePool } from '#engine/explain/index.ts';
import type { Attempt, Decision, Plan } from '#engine/plan/index.ts';
import type { Signals } from '#engine/signals/index.ts';

/** A decision whose refusals by a pool say what its candidates lack; any other comes back as it is. */
export function explainRefusals(plan: Plan, decision: Decision, signals: Signals): Decision {
  if (!decision.attempts.some(isOfPool)) return decision;
  const attempts = decision.attempts.map((attempt): Attempt => {
    const pool = isOfPool(attempt) ? poolOf(plan, decision, attempt.node) : undefined;
    if (attempt.kind !== 'refuse' || pool === undefined) return attempt;
    const { candidates } = scorePool(pool, signals);
    const lacks = new Map<string, number>();
    for (const { out } of candidates)
      if (out !== null) lacks.set(lackWords[out], (lacks.get(lackWords[out]) ?? 0) + 1);
    const counted = [...lacks].sort(([, one], [, other]) => other - one);
    const reasons = counted.map(([what, count]) => `${count} ${what}`).join(', ');
    const { refusal } = attempt;
    const message = `${refusal.message} Of ${candidates.length}: ${reasons || 'none fits'}.`;
    return { ...attempt, refusal: { ...refusal, message } };
  });
  return { ...decision, attempts };
}

/** A pool refuses as unavailable, so that a fallback around it moves on; what is meant as a no does not. */
function isOfPool(attempt: Attempt): boolean {
  return attempt.kind === 'refuse' && attempt.countsAs === 'unavailable';
}
