import type { ErrorClass } from '#engine/nodes/index.ts';
import type { RecordStatus } from '#engine/signals/index.ts';
import { isWireObject, parseJson, textOf } from '../dialects/index.ts';
import type { Decided } from './decide-request.ts';
import type { Exchange } from './exchange.ts';
import type { Execution } from './execute.ts';
import { problemOf } from './gateway-problem.ts';
import type { TakenIn } from './intake.ts';
import { answeringAttempt, countAnswering, type MadeAttempt } from './made-attempt.ts';
import {
  type Answering,
  addCostHeader,
  addRequestId,
  addUpstreamHeaders,
  addWaybillHeaders,
  answeringHeaders,
  type FlatHeaders,
} from './reply-headers.ts';
import { costTrailer, replyStream } from './reply-stream.ts';
import type { StreamLine } from './stream-line.ts';

/** How a request ended, for the record. */
export interface Ending {
  readonly status: RecordStatus;
  readonly httpStatus: number;
  /** Error class or refusal code; empty when served or abandoned. */
  readonly error: string;
  readonly attempts: readonly MadeAttempt[];
  /** From the request's arrival to its first content, ms; `null` for an answer in one piece. */
  readonly firstTokenMs: number | null;
  /** What went differently than the rules foresee; left out: nothing did. */
  readonly notes?: readonly string[];
}

/** The status a client sees for a failure that no upstream put into an answer of its own. */
const statuses: Readonly<Record<ErrorClass, number>> = {
  rate_limit: 429,
  timeout: 504,
  server_error: 502,
  network: 502,
  unavailable: 503,
  context_length: 400,
  content_filter: 400,
  auth: 502,
  invalid_request: 400,
  rejected: 502,
};

/** What a reply needs of its request. `line` is there where the client asked for a stream. */
interface Replying {
  readonly exchange: Exchange;
  readonly taken: TakenIn;
  readonly decided: Decided;
  readonly line: StreamLine | null;
}

/** Answers the client: with the upstream's answer, its stream, or what went wrong, in the client's own dialect. */
export async function reply(
  exchange: Exchange,
  taken: TakenIn,
  decided: Decided,
  execution: Execution,
  clock: () => number,
  line: StreamLine | null,
): Promise<Ending> {
  const ending = await answerClient({ exchange, taken, decided, line }, execution, clock);
  return execution.notes.length === 0 ? ending : { ...ending, notes: execution.notes };
}

async function answerClient(to: Replying, execution: Execution, clock: () => number): Promise<Ending> {
  const { attempts } = execution;
  const { exchange, taken, decided, line } = to;
  switch (execution.kind) {
    case 'opened':
      if (line === null) throw new Error('A stream came where none was asked for.');
      return replyStream(exchange, taken, decided, execution, clock, line);
    case 'answered':
      return replyWhole(to, execution);
    case 'refused': {
      const { status, code, message } = execution.refusal;
      const httpStatus = sendProblem(to, attempts, { status, code, message }, {});
      return { status: 'refused', httpStatus, error: code, attempts, firstTokenMs: null };
    }
    case 'failed': {
      const httpStatus = replyFailure(to, execution);
      const { denial, error } = execution;
      // A request whose every call was forbidden never reached anybody.
      const turnedAway = denial !== undefined && attempts.every(({ status }) => status === null);
      const status = turnedAway ? 'refused' : 'failed';
      return { status, httpStatus, error: denial?.code ?? error, attempts, firstTokenMs: null };
    }
    case 'left':
      return { status: 'abandoned', httpStatus: 499, error: '', attempts, firstTokenMs: null };
  }
}

/** An answer in one piece; behind the headers of a stream it can only be told that it was one. */
function replyWhole(to: Replying, execution: Extract<Execution, { kind: 'answered' }>): Ending {
  const { attempts, answer } = execution;
  if (to.line?.begun === true) {
    const message = `${answeringAttempt(attempts)?.target ?? 'The target'} answered in one piece, though a stream was asked for.`;
    const httpStatus = sendProblem(to, attempts, { status: 502, code: 'server_error', message }, {});
    return { status: 'failed', httpStatus, error: 'server_error', attempts, firstTokenMs: null };
  }
  send(to, attempts, answer.status, answer.headers, answer.body);
  return { status: 'served', httpStatus: answer.status, error: '', attempts, firstTokenMs: null };
}

type Failure = Extract<Execution, { kind: 'failed' }>;

/**
 * The last upstream's own words, so that clients can act on them. Not where it refused Waybill's credentials: its status
 * would tell clients that their key is wrong, and its words may hold a part of ours.
 */
function replyFailure(to: Replying, failure: Failure): number {
  if (failure.denial !== undefined) {
    const { status, code, message, headers = {} } = problemOf(failure.denial);
    return sendProblem(to, failure.attempts, { status, code, message }, headers);
  }
  const { error, answer, attempts } = failure;
  if (answer === null || error === 'auth') {
    const problem = { status: statuses[error], code: error, message: messageOf(failure) };
    const { retryAfterMs } = failure;
    const wait = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
    return sendProblem(to, attempts, problem, wait);
  }
  const status = answer.status >= 400 ? answer.status : statuses[error];
  const wire = parseJson(answer.body.toString('utf8'));
  if (isErrorOf(wire) && to.line?.begun !== true) {
    send(to, attempts, status, answer.headers, answer.body);
    return status;
  }
  const code = codeIn(wire) || error;
  return sendProblem(to, attempts, { status, code, message: messageOf(failure) }, answer.headers);
}

/** Whether a body is an error as all dialects write them: `error` is an object. Google's streams put it into an array. */
function isErrorOf(wire: unknown): boolean {
  const first: unknown = Array.isArray(wire) ? wire[0] : wire;
  return isWireObject(first) && isWireObject(first.error);
}

/** The upstream's own code, wherever it is written. */
function codeIn(wire: unknown): string {
  if (!isWireObject(wire)) return '';
  const { code, type } = isWireObject(wire.error) ? wire.error : wire;
  return textOf(code) || textOf(type);
}

function messageOf({ error, message, attempts }: Failure): string {
  const last = answeringAttempt(attempts)?.target ?? '';
  const tried = countAnswering(attempts);
  const what =
    error === 'auth'
      ? 'It refused the credentials that Waybill has for it. Check the provider’s key.'
      : message;
  const which = tried > 1 ? `All ${tried} attempts failed, last ${last}` : `${last} failed`;
  return `${which} (${error}): ${what || 'The upstream did not say why.'}`;
}

/** Answers the status that the client sees: 200 where the headers of its stream have gone out. */
function sendProblem(
  to: Replying,
  attempts: readonly MadeAttempt[],
  problem: { readonly status: number; readonly code: string; readonly message: string },
  upstream: Readonly<Record<string, string>>,
): number {
  const { exchange, taken, line } = to;
  const wire = { ...problem, param: null, requestId: exchange.id };
  if (line?.begun === true) {
    const trailers = answeringHeaders(countAnswering(attempts), answeringOf(attempts));
    line.end(taken.dialect.errorFrame(wire), [...trailers, ...costTrailer(attempts)]);
    return 200;
  }
  const headers = { ...upstream, 'content-type': 'application/json' };
  send(to, attempts, problem.status, headers, Buffer.from(taken.dialect.errorBody(wire)));
  return problem.status;
}

function send(
  { exchange, taken, decided, line }: Replying,
  attempts: readonly MadeAttempt[],
  status: number,
  upstream: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  line?.stop();
  const flat: FlatHeaders = [
    'content-type',
    upstream['content-type'] ?? 'application/json',
    'content-length',
    String(body.length),
  ];
  addWaybillHeaders(flat, exchange, decided, countAnswering(attempts), answeringOf(attempts));
  addCostHeader(flat, attempts);
  addUpstreamHeaders(flat, upstream);
  addRequestId(flat, exchange, taken.dialect, upstream);
  exchange.res.writeHead(status, flat);
  exchange.res.end(body);
}

function answeringOf(attempts: readonly MadeAttempt[]): Answering {
  const last = answeringAttempt(attempts);
  const sandbox = attempts.some((attempt) => attempt.sandbox);
  return { target: last?.target ?? '', sandbox, dropped: last?.dropped ?? [] };
}
