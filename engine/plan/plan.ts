import type {
  Accept,
  Changes,
  Chooser,
  Deadlines,
  ErrorClass,
  LimitUnit,
  NodeId,
  PreparedPool,
  UserClassifier,
  WindowLength,
} from '../nodes/index.ts';
import type { SignalName, Signals } from '../signals/index.ts';

/** One step of a path: a node and the exit it took; leaves have none. Steps are made once a plan and shared. */
export interface Step {
  readonly node: NodeId;
  readonly port: string | null;
  /** The exit was taken because something could not be determined (an unknown signal, a missing key). */
  readonly undetermined: boolean;
}

/** A clear no, decided by a `refuse` node, by a transform that refuses images, or by a pool that has no candidate left. */
export interface Refusal {
  readonly node: NodeId;
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** Which attempt follows when this one fails in a certain way. A class that is missing ends the request. */
export type Moves = Readonly<Partial<Record<ErrorClass, number>>>;

/** Of the requests through `node` in the last minute, at most `share` may make an attempt that carries this. */
export interface RetryBudget {
  readonly node: NodeId;
  readonly share: number;
}

/** One call to one target, or a refusal standing at the end of a fallback. */
export type Attempt =
  | {
      readonly kind: 'call';
      readonly node: NodeId;
      readonly target: string;
      /** Everything that is changed of the request, by the node and by all around it. */
      readonly changes: Changes;
      readonly deadlines: Deadlines;
      readonly moves: Moves;
      /** Deadlines of the fallbacks around it: `ms` from the start of attempt `from`. */
      readonly within: readonly { readonly from: number; readonly ms: number }[];
      /** What its answer must be like; one that is not ends the attempt as `rejected`. */
      readonly accept: Accept | null;
      /** Budgets of the fallbacks of which it is a second or later try. */
      readonly retryBudgets: readonly RetryBudget[];
    }
  | {
      readonly kind: 'refuse';
      readonly node: NodeId;
      readonly refusal: Refusal;
      /** As a try of a fallback it counts as failed this way and is passed over; `null` where the no is meant. */
      readonly countsAs: ErrorClass | null;
    };

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

/** How the tries of a fallback or cascade follow one another. */
export interface Sequence {
  readonly node: NodeId;
  readonly on: readonly ErrorClass[];
  readonly deadlineMs: number | null;
  readonly accept: Accept | null;
  readonly retryBudget: number | null;
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
        readonly sequence: Sequence;
        readonly steps: readonly Step[];
        readonly next: readonly number[];
      }
    /** Changes every call below. `step` is `null` where the step was taken already (behind a check for images). */
    | {
        readonly kind: 'change';
        readonly changes: Changes;
        readonly step: Step | null;
        readonly next: readonly number[];
      }
    | {
        readonly kind: 'attempt';
        readonly step: Step;
        readonly target: string;
        readonly changes: Changes;
        readonly deadlines: Deadlines;
      }
    | {
        readonly kind: 'pool';
        readonly pool: PreparedPool;
        /** The candidates to try as a code (see `rankCode`); `−1 − code` when something that counts is unknown. */
        readonly choose: (signals: Signals) => number;
        /** What a choice means; made once and kept. */
        readonly answer: (choice: number) => Fixed;
      }
    | { readonly kind: 'refuse'; readonly step: Step | null; readonly refusal: Refusal }
  );

/** A node whose answer depends on the request. */
export type ChoosingNode = Extract<PlanNode, { kind: 'choose' | 'pool' }>;

/** A limit of a plan: what has to be counted, and by which signal's value (`null`: all requests together). */
export interface PlanLimit {
  readonly node: NodeId;
  readonly per: SignalName | null;
  readonly amount: number;
  readonly unit: LimitUnit;
  readonly window: WindowLength;
}

/** A classifier of the policy's own that the plan asks. */
export interface PlanClassifier {
  readonly id: string;
  readonly classifier: UserClassifier;
}

/** A compiled policy: frozen, plain, cheap to evaluate. Children stand before parents; the last node is the entry. */
export interface Plan {
  readonly policy: string;
  /** Semantic hash of the policy it was made from. */
  readonly hash: string;
  readonly nodes: readonly PlanNode[];
  readonly entry: number;
  /** Limits that a request can reach. */
  readonly limits: readonly PlanLimit[];
  /** Own classifiers that a request can hinge on. */
  readonly classifiers: readonly PlanClassifier[];
}
