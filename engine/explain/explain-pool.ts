import type { Exclusion, PreparedPool } from '../nodes/index.ts';
import type { Decision, Plan, Step } from '../plan/index.ts';
import type { Signals } from '../signals/index.ts';
import { lackWords } from './pool-words.ts';
import { type PoolScore, scorePool } from './score-pool.ts';

/** The pool behind a step of a decision; where images were left out on the way, the one that asks no sight. */
export function poolOf(plan: Plan, decision: Decision, node: string): PreparedPool | undefined {
  const pools = plan.nodes.flatMap((one) => (one.kind === 'pool' && one.id === node ? [one.pool] : []));
  const call = decision.attempts.find((attempt) => attempt.node === node);
  const strips = call?.kind === 'call' && call.changes.images === 'strip';
  return pools.find((pool) => pool.stripsImages === strips) ?? pools[0];
}

/** The figures behind every pool on the path of a decision. */
export function scorePools(plan: Plan, decision: Decision, signals: Signals): readonly PoolScore[] {
  const ids = new Set(decision.path.map(({ node }) => node));
  return [...ids].flatMap((id) => {
    const pool = poolOf(plan, decision, id);
    return pool === undefined ? [] : [scorePool(pool, signals)];
  });
}

/** A pool's choice as sentences: who is called, of how many, and why; who comes next, and who is out. */
export function explainPool(score: PoolScore, step: Step): string {
  const doubt = step.undetermined ? ['Not all that this hinges on is known.'] : [];
  const ranked = score.candidates.filter(({ rank }) => rank !== null);
  const [best, ...others] = ranked;
  if (best === undefined) {
    const all = score.candidates.length;
    const whom = all === 1 ? 'The one candidate cannot' : `None of the ${all} candidates can`;
    return [`${whom} take this request.`, ...outWords(score), ...doubt].join(' ');
  }
  const able = score.candidates.filter(({ out }) => out === null).length;
  const whom = able === 1 ? 'the one candidate' : `${able} candidates`;
  const next = others.slice(0, score.attempts - 1).map(({ target, why }) => `${target} (${why})`);
  return [
    `${best.target} is called, of ${whom} that can take this request (${best.why}).`,
    ...(score.affinity === null ? [] : [score.affinity.sentence]),
    ...(next.length === 0 ? [] : [`If it fails: ${next.join(', then ')}.`]),
    ...outWords(score),
    ...doubt,
  ].join(' ');
}

/** “Out are 3: no images (2), no tools (1).” */
function outWords({ candidates }: PoolScore): readonly string[] {
  const counts = new Map<Exclusion, number>();
  for (const { out } of candidates) if (out !== null) counts.set(out, (counts.get(out) ?? 0) + 1);
  if (counts.size === 0) return [];
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const reasons = [...counts].map(([out, count]) => `${lackWords[out]} (${count})`);
  return [`Out ${total === 1 ? 'is 1' : `are ${total}`}: ${reasons.join(', ')}.`];
}
