import type { PriceBook } from '#engine/catalogue/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';
import { type AttemptOutcome, type Decision, nextAttempt, type Refusal } from '#engine/plan/index.ts';
import type { Context } from '../context.ts';
import type { Denial, Pass } from '../governance/index.ts';
import type { StopSignal } from '../providers/provider.ts';
import { acceptAnswer } from './accept/accept-answer.ts';
import type { TakenIn } from './intake.ts';
import type { MadeAttempt } from './made-attempt.ts';
import type { OpenedStream, PlainAnswer } from './tried.ts';
import { tryTarget } from './try-target.ts';

/** What an attempt needs to know about its request. */
export interface Asked {
  readonly requestId: string;
  readonly taken: TakenIn;
  /** Query of the URL, with its question mark. */
  readonly query: string;
  /** Headers of the client that may be passed on. */
  readonly passedOn: Readonly<Record<string, string>>;
  /** Estimated tokens of the request, for answers whose usage nobody states. */
  readonly inputTokens: number;
  readonly client: StopSignal;
  /** Calls that were made for the request before any attempt at an answer: they are on its bill. */
  readonly before?: readonly MadeAttempt[];
  /** The prices of the moment the request came, ms since 1970: what it costs does not change while it runs. */
  readonly prices: { readonly book: PriceBook; readonly at: number };
  /** What the request may do; left out for a question of nobody's. */
  readonly pass?: Pass | undefined;
}

/** How it went, up to the point where the client is answered. `attempts` are the finished ones, in order. */
export type Execution = {
  readonly attempts: readonly MadeAttempt[];
  /** Checks that a cascade asks for and that could not be made. */
  readonly notes: readonly string[];
} & (
  | { readonly kind: 'answered'; readonly answer: PlainAnswer }
  /** Its attempt goes on and is finished by whoever reads the stream. */
  | { readonly kind: 'opened'; readonly stream: OpenedStream }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'failed';
      readonly error: ErrorClass;
      readonly message: string;
      /** The last upstream's own answer, if it gave one. */
      readonly answer: PlainAnswer | null;
      /** When it may be tried again, ms; left out where nobody knows. */
      readonly retryAfterMs?: number;
      /** Why the last call was not made, where the rules for its key forbid it. */
      readonly denial?: Denial;
    }
  | { readonly kind: 'left' }
);

/** Performs a decision: one attempt after another, as the engine's `nextAttempt` says. The only calls upstream. */
export async function execute(decision: Decision, asked: Asked, context: Context): Promise<Execution> {
  const outcomes: AttemptOutcome[] = [];
  const attempts: MadeAttempt[] = [...(asked.before ?? [])];
  const notes: string[] = [];
  /** When each attempt began, by its index in the decision: the deadlines of fallbacks count from there. */
  const startedAt: number[] = [];
  beginBudgets(decision, context);
  for (;;) {
    const next = nextAttempt(decision, outcomes);
    if (next.kind === 'refuse') return { kind: 'refused', refusal: next.refusal, attempts, notes };
    if (next.kind !== 'call') throw new Error(`Asked for the next attempt after it was ${next.kind}.`);
    startedAt[next.index] = performance.now();
    const came = await tryTarget(next.attempt, startedAt, asked, context);
    const { tried, judges, notes: noted } = await acceptAnswer(came, next.attempt, startedAt, asked, context);
    notes.push(...noted);
    if (tried.kind === 'opened')
      return { kind: 'opened', stream: tried, attempts: [...attempts, ...judges], notes };
    attempts.push(tried.made, ...judges);
    if (tried.kind === 'left') return { kind: 'left', attempts, notes };
    if (tried.kind === 'answered') return { kind: 'answered', answer: tried.answer, attempts, notes };
    const { error, message, answer, retryAfterMs, denial } = tried;
    outcomes.push({ kind: 'failed', error });
    const told = {
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(denial === undefined ? {} : { denial }),
    };
    const failure = { kind: 'failed', error, message, answer, attempts, notes, ...told } as const;
    // Asking first whether it goes on keeps the last upstream's answer for the client.
    const after = nextAttempt(decision, outcomes);
    if (after.kind === 'failed') return failure;
    // Who was not called at all was not loaded either: passing over an open breaker is no second try.
    const isRetry = after.kind === 'call' && error !== 'unavailable';
    const spent = isRetry ? spentBudget(after.attempt, context) : undefined;
    if (spent !== undefined)
      return { ...failure, message: `${message} No second try: the retry budget of "${spent}" is used up.` };
  }
}

type Call = Extract<Decision['attempts'][number], { kind: 'call' }>;

/** Counts the request at every fallback that bounds its second tries. */
function beginBudgets({ attempts }: Decision, { live, clock }: Context): void {
  const nodes = new Set<string>();
  for (const attempt of attempts)
    if (attempt.kind === 'call') for (const { node } of attempt.retryBudgets) nodes.add(node);
  for (const node of nodes) live.retries.begin(node, clock());
}

/** The fallback whose budget does not allow this try; nothing where all do. */
function spentBudget({ retryBudgets }: Call, { live, clock }: Context): string | undefined {
  return retryBudgets.find(({ node, share }) => !live.retries.allow(node, share, clock()))?.node;
}
