import {
  attemptUsage,
  type Catalogue,
  costOf,
  type PriceBook,
  priceOf,
  type Usage,
} from '#engine/catalogue/index.ts';
import type { TaskLabel } from '#engine/classify/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';
import { type AttemptOutcome, type Decision, nextAttempt } from '#engine/plan/index.ts';
import type { RecordStatus } from '#engine/signals/index.ts';
import { answerTurn, type Call, type TurnAnswer } from './answer-turn.ts';
import type { Random } from './chance.ts';
import type { SampleCache } from './sample-cache.ts';
import type { Turn } from './sessions.ts';

/** One attempt as the log writes it. */
export interface LoggedAttempt {
  readonly target: string;
  readonly outcome: 'served' | 'abandoned' | ErrorClass;
  /** `null` where the upstream never answered. */
  readonly status: number | null;
  /** From the request's arrival. */
  readonly start_ms: number;
  readonly latency_ms: number;
  /** From the attempt's own start; `null` for an answer in one piece, and where none came. */
  readonly first_token_ms: number | null;
  readonly cost_nano_usd: number | null;
  readonly usage: ReturnType<typeof attemptUsage> | null;
}

/** What became of a request, as the gateway would log it. */
export interface Fate {
  readonly status: RecordStatus;
  readonly httpStatus: number;
  /** Error class or refusal code; empty when served or abandoned. */
  readonly error: string;
  readonly attempts: readonly LoggedAttempt[];
  readonly usage: Usage | null;
  readonly totalMs: number;
  readonly firstTokenMs: number | null;
}

/** What all requests of a sample share. */
export interface World {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  readonly cache: SampleCache;
  readonly random: Random;
}

/** Of streamed answers so many are left by their reader before the end; invented. */
const leftShare = 0.012;
/** What the gateway itself needs for a refusal, ms. */
const refusalMs = 1.2;

const statuses: Readonly<Record<ErrorClass, number>> = {
  rate_limit: 429,
  timeout: 504,
  server_error: 500,
  network: 502,
  unavailable: 502,
  context_length: 400,
  content_filter: 400,
  auth: 502,
  invalid_request: 400,
  rejected: 502,
};

/** Performs a decision's attempts on simulated upstreams, moving on as `nextAttempt` says. */
export function serveTurn(
  turn: Turn,
  task: TaskLabel,
  isStream: boolean,
  decision: Decision,
  world: World,
): Fate {
  const outcomes: AttemptOutcome[] = [];
  const attempts: LoggedAttempt[] = [];
  const startedAt: number[] = [];
  let elapsed = 0;
  for (;;) {
    const next = nextAttempt(decision, outcomes);
    if (next.kind === 'served') throw new Error('A served request was asked what comes next.');
    if (next.kind === 'refuse') {
      const { code, status } = next.refusal;
      return ended('refused', status, code, attempts, elapsed + refusalMs);
    }
    if (next.kind === 'failed') return ended('failed', statuses[next.error], next.error, attempts, elapsed);
    startedAt[next.index] = elapsed;
    const leftMs = timeLeft(next.attempt, startedAt, elapsed);
    const tried = answerTurn({ turn, task, isStream, leftMs }, next.attempt, world.catalogue, world.random);
    if (tried.kind === 'answer')
      return answered(turn, isStream, tried, next.attempt.target, { attempts, elapsed }, world);
    outcomes.push({ kind: 'failed', error: tried.error });
    attempts.push({
      target: next.attempt.target,
      outcome: tried.error,
      status: tried.error === 'timeout' ? null : statuses[tried.error],
      start_ms: tenths(elapsed),
      latency_ms: tenths(tried.afterMs),
      first_token_ms: null,
      cost_nano_usd: 0,
      usage: null,
    });
    elapsed += tried.afterMs;
  }
}

/** What the deadlines of the fallbacks around an attempt leave, ms. */
function timeLeft({ within }: Call, startedAt: readonly number[], elapsed: number): number {
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...within.map(({ from, ms }) => Math.max(0, (startedAt[from] ?? elapsed) + ms - elapsed)),
  );
}

function ended(
  status: RecordStatus,
  httpStatus: number,
  error: string,
  attempts: readonly LoggedAttempt[],
  totalMs: number,
): Fate {
  return { status, httpStatus, error, attempts, usage: null, totalMs: tenths(totalMs), firstTokenMs: null };
}

function answered(
  turn: Turn,
  isStream: boolean,
  answer: Extract<TurnAnswer, { kind: 'answer' }>,
  target: string,
  before: { readonly attempts: readonly LoggedAttempt[]; readonly elapsed: number },
  { catalogue, priceBook, cache, random }: World,
): Fate {
  const isLeft = random() < leftShare && isStream;
  const read = isLeft ? random() : 1;
  const input = cache.use(turn, target, catalogue.find(target)?.caching ?? null);
  const usage: Usage = {
    inputTokens: input.fresh,
    cacheReadTokens: input.read,
    cacheWrite5mTokens: input.written,
    cacheWrite1hTokens: 0,
    outputTokens: Math.ceil(answer.outputTokens * read),
    reasoningTokens: answer.reasoningTokens,
  };
  const cost = costOf(usage, priceOf(priceBook, target), turn.at);
  const ownMs = answer.firstTokenMs + (answer.totalMs - answer.firstTokenMs) * read;
  const attempt: LoggedAttempt = {
    target,
    outcome: isLeft ? 'abandoned' : 'served',
    status: 200,
    start_ms: tenths(before.elapsed),
    latency_ms: tenths(ownMs),
    first_token_ms: isStream ? tenths(answer.firstTokenMs) : null,
    cost_nano_usd: cost === 'unpriced' ? null : cost,
    usage: attemptUsage(usage),
  };
  return {
    status: isLeft ? 'abandoned' : 'served',
    httpStatus: isLeft ? 499 : 200,
    error: '',
    attempts: [...before.attempts, attempt],
    usage,
    totalMs: tenths(before.elapsed + ownMs),
    firstTokenMs: isStream ? tenths(before.elapsed + answer.firstTokenMs) : null,
  };
}

/** Tenths of a millisecond, as the gateway logs them. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
