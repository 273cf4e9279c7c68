import type { ErrorClass } from '#engine/nodes/index.ts';
import type { RecordStatus } from '#engine/signals/index.ts';
import type { Decided } from './decide-request.ts';
import type { Exchange } from './exchange.ts';
import type { Execution } from './execute.ts';
import type { TakenIn } from './intake.ts';
import type { MadeAttempt } from './made-attempt.ts';
import { addCostHeader, addUpstreamHeaders, addWaybillHeaders, type FlatHeaders } from './reply-headers.ts';
import { replyStream } from './reply-stream.ts';

/** How a request ended, for the record. */
export interface Ending {
  readonly status: RecordStatus;
  readonly httpStatus: number;
  /** Error class or refusal code; empty when served or abandoned. */
  readonly error: string;
  readonly attempts: readonly MadeAttempt[];
  /** From the request's arrival to its first content, ms; `null` for an answer in one piece. */
  readonly firstTokenMs: number | null;
}

/** The status a client sees for a failure that no upstream put into an answer of its own. */
const statuses: Readonly<Record<ErrorClass, number>> = {
  rate_limit: 429,
  timeout: 504,
  server_error: 502,
  network: 502,
  unavailable: 502,
  context_length: 400,
  content_filter: 400,
  auth: 502,
  invalid_request: 400,
};

/** Answers the client: with the upstream's answer, its stream, or what went wrong, in the client's own dialect. */
export async function reply(
  exchange: Exchange,
  taken: TakenIn,
  decided: Decided,
  execution: Execution,
  clock: () => number,
): Promise<Ending> {
  const { attempts } = execution;
  switch (execution.kind) {
    case 'opened':
      return replyStream(exchange, taken.dialect, decided, execution, clock);
    case 'answered': {
      const { status, headers, body } = execution.answer;
      send(exchange, decided, attempts, status, headers, body);
      return { status: 'served', httpStatus: status, error: '', attempts, firstTokenMs: null };
    }
    case 'refused': {
      const { status, code, message } = execution.refusal;
      sendProblem(exchange, taken, decided, attempts, { status, code, message });
      return { status: 'refused', httpStatus: status, error: code, attempts, firstTokenMs: null };
    }
    case 'failed': {
      const httpStatus = replyFailure(exchange, taken, decided, execution);
      return { status: 'failed', httpStatus, error: execution.error, attempts, firstTokenMs: null };
    }
    case 'left':
      return { status: 'abandoned', httpStatus: 499, error: '', attempts, firstTokenMs: null };
  }
}

type Failure = Extract<Execution, { kind: 'failed' }>;

/**
 * The last upstream's own words, so that clients can act on them. Not where it refused Waybill's credentials: its status
 * would tell clients that their key is wrong, and its words may hold a part of ours.
 */
function replyFailure(exchange: Exchange, taken: TakenIn, decided: Decided, failure: Failure): number {
  const { error, answer, attempts } = failure;
  if (answer !== null && error !== 'auth') {
    const status = answer.status >= 400 ? answer.status : statuses[error];
    send(exchange, decided, attempts, status, answer.headers, answer.body);
    return status;
  }
  const status = statuses[error];
  sendProblem(exchange, taken, decided, attempts, { status, code: error, message: messageOf(failure) });
  return status;
}

function messageOf({ error, message, attempts }: Failure): string {
  const last = attempts.at(-1)?.target ?? '';
  const what =
    error === 'auth'
      ? 'It refused the credentials that Waybill has for it. Check the provider’s key.'
      : message;
  const which =
    attempts.length > 1 ? `All ${attempts.length} attempts failed, last ${last}` : `${last} failed`;
  return `${which} (${error}): ${what || 'The upstream did not say why.'}`;
}

function sendProblem(
  exchange: Exchange,
  { dialect }: TakenIn,
  decided: Decided,
  attempts: readonly MadeAttempt[],
  problem: { readonly status: number; readonly code: string; readonly message: string },
): void {
  const body = dialect.errorBody({ ...problem, param: null, requestId: exchange.id });
  send(exchange, decided, attempts, problem.status, {}, Buffer.from(body));
}

function send(
  exchange: Exchange,
  decided: Decided,
  attempts: readonly MadeAttempt[],
  status: number,
  upstream: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  const flat: FlatHeaders = [
    'content-type',
    upstream['content-type'] ?? 'application/json',
    'content-length',
    String(body.length),
  ];
  const last = attempts.at(-1);
  const sandbox = attempts.some((attempt) => attempt.sandbox);
  const answering = { target: last?.target ?? '', sandbox, dropped: last?.dropped ?? [] };
  addWaybillHeaders(flat, exchange, decided, attempts.length, answering);
  addCostHeader(flat, attempts);
  addUpstreamHeaders(flat, upstream);
  exchange.res.writeHead(status, flat);
  exchange.res.end(body);
}
