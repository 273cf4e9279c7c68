/** Explanations: a decision as sentences that a person understands, a pool's figures, and findings about a whole policy. */
export { explainDecision, type Reason } from './explain-decision.ts';
export { explainPool, poolOf, scorePools } from './explain-pool.ts';
export {
  type Assumed,
  everyday,
  type FindingFacts,
  findProblems,
  reviewPolicy,
  type WorstCase,
  worstCase,
} from './findings/index.ts';
export { nameOf } from './name-of.ts';
export type { PoolAffinity } from './pool-affinity.ts';
export { exclusionWords, lackWords, setbackWords } from './pool-words.ts';
export { type CandidateScore, type PoolScore, scorePool } from './score-pool.ts';
export { showSignal } from './show-signal.ts';
