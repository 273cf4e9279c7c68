import type { Chooser, Deadlines, ErrorClass, NodeId, Parameters } from '../nodes/index.ts';
import type { Signals } from '../signals/index.ts';

/** One step of a path: a node and the exit it took; leaves have none. Steps are made once a plan and shared. */
export interface Step {
  readonly node: NodeId;
  readonly port: string | null;
  /** The exit was taken because something could not be determined (an unknown signal, a missing key). */
  readonly undetermined: boolean;
}

/** A clear no, decided by a `refuse` node. */
export interface Refusal {
  readonly node: NodeId;
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** Which attempt follows when this one fails in a certain way. A class that is missing ends the request. */
export type Moves = Readonly<Partial<Record<ErrorClass, number>>>;

/** One call to one target, or a refusal standing at the end of a fallback. */
export type Attempt =
  | {
      readonly kind: 'call';
      readonly node: NodeId;
      readonly target: string;
      readonly parameters: Parameters;
      readonly deadlines: Deadlines;
      readonly moves: Moves;
      /** Deadlines of the fallbacks around it: `ms` from the start of attempt `from`. */
      readonly within: readonly { readonly from: number; readonly ms: number }[];
    }
  | { readonly kind: 'refuse'; readonly node: NodeId; readonly refusal: Refusal };

/** What a plan answers for one request. */
export interface Decision {
  readonly path: readonly Step[];
  /** In order of trying; never empty. The first being a refusal refuses the request. */
  readonly attempts: readonly Attempt[];
}

/** What a part of a plan without choices always answers. Attempts are numbered from 0. */
export interface Fixed {
  readonly path: readonly Step[];
  readonly attempts: readonly Attempt[];
}

interface PlanNodeFrame {
  readonly id: NodeId;
  /** Present where nothing below chooses: the answer is known when the plan is made. */
  readonly fixed: Fixed | null;
}

/** A node of a plan. `next` are indexes into the plan's nodes, by port. */
export type PlanNode = PlanNodeFrame &
  (
    | {
        readonly kind: 'choose';
        readonly chooser: Chooser;
        /** Index of the exit; `~index` (negative) when it was taken undetermined. */
        readonly choose: (signals: Signals) => number;
        readonly ports: readonly string[];
        readonly steps: readonly Step[];
        readonly undeterminedSteps: readonly Step[];
        readonly next: readonly number[];
      }
    | {
        readonly kind: 'sequence';
        readonly on: readonly ErrorClass[];
        readonly deadlineMs: number | null;
        readonly steps: readonly Step[];
        readonly next: readonly number[];
      }
    | {
        readonly kind: 'attempt';
        readonly step: Step;
        readonly target: string;
        readonly parameters: Parameters;
        readonly deadlines: Deadlines;
      }
    | { readonly kind: 'refuse'; readonly step: Step; readonly refusal: Refusal }
  );

/** A compiled policy: frozen, plain, cheap to evaluate. Children stand before parents; the last node is the entry. */
export interface Plan {
  readonly policy: string;
  /** Semantic hash of the policy it was made from. */
  readonly hash: string;
  readonly nodes: readonly PlanNode[];
  readonly entry: number;
}
