import type { Expr } from '../expression/index.ts';
import type { Accept } from './accept.ts';
import type { Changes } from './changes.ts';
import type { ErrorClass } from './error-class.ts';
import type { PoolSettings } from './pool/pool-settings.ts';

/** Changes a policy makes to a request on its way to a model. */
export interface Parameters {
  /** Upper bound on the answer: the smaller of this and the client's own limit is sent. */
  readonly max_output_tokens?: number | undefined;
  /** Replaces what the client sent. */
  readonly temperature?: number | undefined;
  readonly reasoning_effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | undefined;
}

/** How long an attempt may take, in ms. `null` leaves the gateway's default. */
export interface Deadlines {
  readonly connectMs: number | null;
  readonly firstTokenMs: number | null;
  readonly idleMs: number | null;
  readonly totalMs: number | null;
}

/** Every deadline left to the gateway. */
export const noDeadlines: Deadlines = Object.freeze({
  connectMs: null,
  firstTokenMs: null,
  idleMs: null,
  totalMs: null,
});

/**
 * How a node picks one of its ports, as data: the gateway reads it for one request, the simulator for a column.
 * Ports are indexes into the kind's `ports(config)`.
 */
export type Chooser =
  /** The first test that is true picks the port of its index; none, the last port. */
  | { readonly kind: 'cases'; readonly tests: readonly Expr[] }
  /** The label picks a port when the classifier is sure enough; anything else, the last port. */
  | {
      readonly kind: 'table';
      readonly labelSlot: number;
      readonly confidenceSlot: number;
      /** Where both signals are maps, the key to read; `null` where they are plain. */
      readonly key: string | null;
      readonly atLeast: number;
      readonly labels: readonly string[];
    }
  /** A point in [0, 1) picks the first port whose bound lies above it. */
  | {
      readonly kind: 'shares';
      /** The signal that keeps a caller on its arm; `null` takes the request's draw as the point. */
      readonly bySlot: number | null;
      readonly drawSlot: number;
      readonly salt: string;
      /** Cumulative shares; the last is 1. */
      readonly bounds: readonly number[];
    }
  /** Port 0 while less than `amount` is used, port 1 from then on; unknown use takes port 0. */
  | { readonly kind: 'limit'; readonly usedSlot: number; readonly key: string; readonly amount: number };

/** What a node means. Ports are named by index, so that wiring stays the plan's business. */
export type CompiledNode =
  | { readonly kind: 'choose'; readonly chooser: Chooser }
  | {
      readonly kind: 'attempt';
      readonly target: string;
      readonly changes: Changes;
      readonly deadlines: Deadlines;
    }
  | {
      readonly kind: 'sequence';
      readonly on: readonly ErrorClass[];
      readonly deadlineMs: number | null;
      /** What an answer of the first try must be like; `rejected` moves on otherwise. */
      readonly accept: Accept | null;
      /** Of the requests through here in the last minute, the share that may go on to a later try; `null`: all. */
      readonly retryBudget: number | null;
    }
  /** Changes every call below; with `refusesImages`, a request that has images goes no further. */
  | { readonly kind: 'change'; readonly changes: Changes; readonly refusesImages: boolean }
  | { readonly kind: 'pool'; readonly settings: PoolSettings }
  | { readonly kind: 'refuse'; readonly code: string; readonly status: number; readonly message: string };
