import type { SessionResult } from '#engine/simulate/index.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';

/** The numbers of the draft on the canvas and above it. */
export interface LiveNumbers
  extends Pick<SimulationResult, 'records' | 'changed' | 'by_edge' | 'by_node' | 'policy_hash'> {
  /** `low` and `high` are `null` until the whole answer is there. */
  readonly cost: {
    readonly before: number;
    readonly after: number;
    readonly low: number | null;
    readonly high: number | null;
  };
}

/**
 * The whole answer where it is about this policy, else the fast one where that is, else the older of both: numbers stay
 * until newer ones come.
 */
export function liveNumbers(
  hash: string,
  full: SimulationResult | undefined,
  fast: SessionResult | null,
): LiveNumbers | null {
  const isFull = full !== undefined && (full.policy_hash === hash || fast?.policy_hash !== hash);
  if (isFull) return { ...full, cost: full.cost_nano_usd };
  if (fast === null) return null;
  return { ...fast, cost: { ...fast.cost_nano_usd, low: null, high: null } };
}
