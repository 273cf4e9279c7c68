import type { NodeId } from '../define-node.ts';

/** Pico-dollars a token, from more than `aboveInputTokens` of input on. */
export interface CandidateRates {
  readonly aboveInputTokens: number;
  readonly input: number;
  readonly cacheRead: number;
  readonly output: number;
}

/**
 * A target as a pool judges it: the facts of the moment the version was published, as plain JSON, so that an upgrade of
 * the catalogue changes no decision. `null` is unknown.
 */
export interface Candidate {
  readonly target: string;
  /** Deployments of one model at several providers share this name. */
  readonly model: string;
  readonly provider: string;
  /** Tokens that input and output share. */
  readonly context: number | null;
  readonly maxOutput: number | null;
  readonly vision: boolean;
  readonly audio: boolean;
  readonly files: boolean;
  readonly tools: boolean;
  readonly jsonSchema: boolean | null;
  readonly reasoning: boolean;
  readonly retention: 'zero' | 'retains' | 'unknown';
  readonly region: string | null;
  /** 0–100, more is better. */
  readonly quality: number | null;
  readonly tokensPerSecond: number | null;
  readonly firstTokenMs: number | null;
  /** Ascending; the first is from no tokens on. `null`: unpriced. */
  readonly rates: readonly CandidateRates[] | null;
}

/** The candidates of every pool of a policy, best known order first: what a published version keeps. */
export type PoolCandidates = Readonly<Record<NodeId, readonly Candidate[]>>;
