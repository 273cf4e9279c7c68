import type { Policy } from '#engine/policy/index.ts';
import type { SessionResult } from '#engine/simulate/index.ts';

/** What the page asks of the thread that simulates while somebody draws; one question at a time. */
export type LiveQuestion =
  | { readonly kind: 'open'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'ask'; readonly policy: Policy };

export type LiveAnswer =
  | { readonly kind: 'opened'; readonly records: number }
  /** There will be no answers: the columns cannot be had. The server simulates as ever. */
  | { readonly kind: 'closed'; readonly why: string }
  | { readonly kind: 'told'; readonly result: LiveResult }
  /** Not this policy: the server tells, a moment later. */
  | { readonly kind: 'full_pass'; readonly why: string };

/** As much of a session's answer as the drawing and the line above it show, so that nothing else is copied over. */
export type LiveResult = Pick<
  SessionResult,
  'records' | 'changed' | 'by_edge' | 'by_node' | 'policy_hash' | 'cost_nano_usd'
>;

/** An answer, and the very policy it is about. */
export interface LiveTold {
  readonly policy: Policy;
  readonly result: LiveResult;
}
