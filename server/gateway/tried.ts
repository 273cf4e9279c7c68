import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Attempt } from '#engine/plan/index.ts';
import type { Denial } from '../governance/index.ts';
import { type MadeAttempt, unmetered } from './made-attempt.ts';
import type { TappedStream } from './tapped-stream.ts';
import type { Watch } from './watch.ts';

export type Call = Extract<Attempt, { kind: 'call' }>;

/** An upstream's answer in one piece. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A stream whose first content is here. */
export interface OpenedStream {
  readonly kind: 'opened';
  readonly target: string;
  readonly sandbox: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: TappedStream;
  readonly watch: Watch;
  /** Everything up to the first content. */
  readonly opening: Buffer;
  /** What the target could not be told, and of the answer so far what the client could not. */
  readonly dropped: readonly string[];
  /** The attempt as it turned out, once the stream has ended. */
  readonly finish: (outcome: MadeAttempt['outcome']) => MadeAttempt;
}

/** How an attempt ended, or that its stream has begun. */
export type Tried =
  | { readonly kind: 'answered'; readonly made: MadeAttempt; readonly answer: PlainAnswer }
  | OpenedStream
  | {
      readonly kind: 'failed';
      readonly made: MadeAttempt;
      readonly error: ErrorClass;
      readonly message: string;
      readonly answer: PlainAnswer | null;
      /** When it may be tried again, ms; left out where nobody knows. */
      readonly retryAfterMs?: number;
      /** Why the call was not made, where the rules for its key forbid it. */
      readonly denial?: Denial;
    }
  | { readonly kind: 'left'; readonly made: MadeAttempt };

/** The rules for the key forbid the call. */
export function denied(call: Call, denial: Denial): Tried {
  return { ...notCalled(call, denial.error, denial.message), denial };
}

/** A target whose breaker is open costs a request no time; what comes next in the fallback is tried at once. */
export function leftAlone(call: Call, waitMs: number): Tried {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const message = `It failed too often lately and is left alone for ${seconds} s (its circuit breaker is open).`;
  return { ...notCalled(call, 'unavailable', message), retryAfterMs: waitMs };
}

/** A call that was not made. */
export function notCalled(
  { target }: Call,
  error: ErrorClass,
  message: string,
): Extract<Tried, { kind: 'failed' }> {
  const made = {
    target,
    outcome: error,
    status: null,
    latencyMs: 0,
    firstTokenMs: null,
    endedAt: null,
    usage: unmetered,
    costNanoUsd: 0,
    sandbox: false,
    dropped: [],
  };
  return { kind: 'failed', made, error, message, answer: null };
}
