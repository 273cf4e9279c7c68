import type { Changes } from '../changes.ts';
import type { NodeId } from '../define-node.ts';
import type { ErrorClass } from '../error-class.ts';
import type { Requirement } from './requirement.ts';

export const objectives = ['cost', 'latency', 'quality', 'balanced'] as const;
export type Objective = (typeof objectives)[number];

/** How much each figure counts; only their ratio matters. */
export interface Weights {
  readonly cost: number;
  readonly latency: number;
  readonly quality: number;
}

/** What a candidate must reach; `null` asks for nothing. */
export interface Floors {
  readonly quality: number | null;
  readonly tokensPerSecond: number | null;
  readonly firstTokenMs: number | null;
  readonly errorRate: number | null;
}

/** What a pool is told, without its candidates: the same in gateway and simulator. */
export interface PoolSettings {
  /** Salts the draw, so that two pools of a policy do not choose alike. */
  readonly id: NodeId;
  readonly require: readonly Requirement[];
  /** Where a candidate may be, if `region` is required. */
  readonly regions: readonly string[];
  readonly objective: Objective;
  readonly weights: Weights;
  readonly floors: Floors;
  /** Room that must be left in the context window, as a share of the input. */
  readonly contextMargin: number;
  /** How many candidates are tried at most. */
  readonly attempts: number;
  readonly on: readonly ErrorClass[];
  readonly deadlineMs: number | null;
  readonly changes: Changes;
  /** Whether a conversation counts as cheaper where its prompt cache is warm. */
  readonly affinity: boolean;
}
