import type { PoolCandidates } from '../../nodes/index.ts';
import type { ModelFacts } from '../../plan/index.ts';

/** What findings may be told beside the policy. What is left out is not looked at. */
export interface FindingFacts {
  /** Models, prices and places. */
  readonly models?: ModelFacts;
  /** The candidates a published version keeps; looked up in `models` where they are left out. */
  readonly pools?: PoolCandidates;
  /** Callers of whom nothing may be kept and whom this policy may serve; `key` is `null` for a whole team. */
  readonly zeroRetention?: readonly { readonly team: string; readonly key: string | null }[];
  /** Keys that may reach some regions only, and may be served by this policy. */
  readonly regionBound?: readonly {
    readonly team: string;
    readonly key: string;
    readonly retention: 'zero' | 'retains';
    readonly regions: readonly string[];
  }[];
  /** What an attempt without a deadline of its own may take at most, ms. */
  readonly defaultAttemptMs?: number;
}
