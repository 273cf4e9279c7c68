import type { Policy } from '#engine/policy/index.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { isSameMeaning } from '../../document/index.ts';
import type { LiveTold } from './live-messages.ts';

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
  /** They are about the policy as it stands; else about an edit before. */
  readonly isCurrent: boolean;
}

/** What is known about the policy as it stands, or about edits before. */
export interface LiveAnswers {
  readonly policy: Policy;
  /** The whole answer and the policy it is about; `null` where it is of another question: of these requests or of others. */
  readonly full: { readonly result: SimulationResult; readonly policy: Policy | null } | null;
  readonly fast: LiveTold | null;
}

/** What is shown, and the newest fast answer there was when it was chosen. */
export interface LiveShown {
  readonly numbers: LiveNumbers | null;
  readonly fast: LiveTold | null;
}

export const nothingShown: LiveShown = { numbers: null, fast: null };

/**
 * The whole answer where it is about this policy, else the fast one where that is; else the fast one to an edit that was
 * overtaken, so that numbers move while a handle is dragged; else what is shown stays, and is not current any more.
 */
export function showNext({ numbers, fast: seen }: LiveShown, answers: LiveAnswers): LiveShown {
  const { policy, full, fast } = answers;
  const isFastCurrent = fast !== null && isSameMeaning(fast.policy, policy);
  if (full !== null && isAbout(full, policy, isFastCurrent ? fast.result.policy_hash : null))
    return { numbers: fromFull(full.result, true), fast };
  if (fast !== null && (isFastCurrent || fast !== seen))
    return { numbers: fromFast(fast, isFastCurrent), fast };
  if (numbers !== null)
    return { numbers: numbers.isCurrent ? { ...numbers, isCurrent: false } : numbers, fast };
  return { numbers: full === null ? null : fromFull(full.result, false), fast };
}

/** By identity, or by the meaning that the fast answer tells: two policies with other labels mean the same. */
function isAbout(full: NonNullable<LiveAnswers['full']>, policy: Policy, hash: string | null): boolean {
  return full.policy !== null && (isSameMeaning(full.policy, policy) || full.result.policy_hash === hash);
}

function fromFull({ cost_nano_usd, ...result }: SimulationResult, isCurrent: boolean): LiveNumbers {
  return { ...result, cost: cost_nano_usd, isCurrent };
}

function fromFast({ result: { cost_nano_usd, ...result } }: LiveTold, isCurrent: boolean): LiveNumbers {
  return { ...result, cost: { ...cost_nano_usd, low: null, high: null }, isCurrent };
}
