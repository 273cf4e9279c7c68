import type { Plan } from '#engine/plan/index.ts';

/** A published version, ready to decide. */
export interface ServedVersion {
  readonly policyId: string;
  readonly version: number;
  readonly plan: Plan;
}

/** A version that is coming into use beside the one an alias serves. */
export interface ResolvedRollout {
  readonly alias: string;
  readonly mode: 'canary' | 'shadow';
  /** Of the traffic, 0–1; of no meaning in shadow. */
  readonly share: number;
  readonly candidate: ServedVersion;
}

/** What a request's `model` stands for. */
export type Resolved =
  | (ServedVersion & { readonly kind: 'policy'; readonly rollout?: ResolvedRollout })
  | { readonly kind: 'target'; readonly target: string }
  /** `message` says what was asked for and what exists. */
  | { readonly kind: 'unknown'; readonly message: string };

/** The plans in force: aliases, policies and versions by the names clients use. Follows the store without dropping a request. */
export interface PlanDirectory {
  /** `auto`, `claude-*` patterns, `policy/<id>`, `policy/<id>@<version>`, or a target such as `openai/gpt-5-mini`. */
  resolve(model: string): Resolved;
  /** The plan of a published version, for replays. */
  planOf(policyId: string, version: number): Plan | undefined;
  /** Aliases that a client may ask for, for `GET /v1/models`. */
  aliases(): readonly string[];
}
