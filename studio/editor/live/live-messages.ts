import type { Policy } from '#engine/policy/index.ts';
import type { SessionResult } from '#engine/simulate/index.ts';

/** What the page asks of the thread that simulates while somebody draws. */
export type LiveQuestion =
  | { readonly kind: 'open'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'ask'; readonly id: number; readonly policy: Policy };

export type LiveAnswer =
  | { readonly kind: 'opened'; readonly records: number }
  /** There will be no answers: the columns cannot be had. The server simulates as ever. */
  | { readonly kind: 'closed'; readonly why: string }
  | { readonly kind: 'told'; readonly id: number; readonly result: SessionResult }
  /** Not this policy: the server tells, a moment later. */
  | { readonly kind: 'full_pass'; readonly id: number; readonly why: string };
