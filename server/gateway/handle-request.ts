import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import {
  type Caller,
  type NeutralRequest,
  readSignal,
  type Signals,
  withSignals,
} from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import { dialects, googleGenerateArray, type WireDialect } from '../dialects/index.ts';
import type { Pass } from '../governance/index.ts';
import { authenticate } from './authenticate.ts';
import { replyTokenCount } from './count-tokens.ts';
import { type Decided, decideRequest } from './decide-request.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { execute } from './execute.ts';
import { findRoute, type Route } from './find-route.ts';
import { type GatewayProblem, makeProblem, problemOf } from './gateway-problem.ts';
import { intake } from './intake.ts';
import { replyModels } from './list-models.ts';
import { recallSession } from './live-state.ts';
import { answeringAttempt, type MadeAttempt } from './made-attempt.ts';
import { lastUserText, measure } from './measure.ts';
import { overhear } from './overhear.ts';
import { readBody } from './read-body.ts';
import { knownSignals, type Recordable, record } from './record.ts';
import { type Ending, reply } from './reply.ts';
import { dialectOfHeaders, replyProblem } from './reply-problem.ts';
import { openLine } from './reply-stream.ts';
import type { StreamLine } from './stream-line.ts';
import { watchClient } from './watch.ts';

/** The way of every request to `/v1`. Never throws: what goes wrong in here is logged and answered as ours. */
export async function handleGateway(
  req: IncomingMessage,
  res: ServerResponse,
  context: Context,
): Promise<void> {
  const exchange = openExchange(req, res, context);
  const ended = context.telemetry.begin();
  try {
    await handleRequest(exchange, context);
  } catch (cause) {
    context.logger.error({ err: cause, request: exchange.id }, 'the gateway failed a request');
    replyProblem(exchange, internalError, dialectOfHeaders(exchange));
  } finally {
    ended();
  }
}

const internalError = makeProblem(
  500,
  'internal_error',
  'The gateway itself failed. Its log has the cause under this request’s id.',
);

async function handleRequest(exchange: Exchange, context: Context): Promise<void> {
  const { req } = exchange;
  const route = findRoute(req.method ?? '', req.url ?? '');
  if (route.kind === 'problem') return replyProblem(exchange, route, dialectOfHeaders(exchange));
  const dialect = dialectOf(route, exchange);
  const caller = authenticate(req.headers, context.keys, req.url);
  if ('kind' in caller) return replyProblem(exchange, caller, dialect);
  const expired = context.governance.expired(caller, exchange.at);
  if (expired !== undefined) return replyProblem(exchange, problemOf(expired), dialect);
  if (route.kind === 'ask') return serve(exchange, route, caller, context);
  const problem =
    route.kind === 'count'
      ? await replyTokenCount(exchange, { caller, route, passedOn: passedOn(req.headers) }, context)
      : replyModels(exchange, route, caller, context);
  if (problem !== undefined) replyProblem(exchange, problem, dialect);
}

function dialectOf(route: Route, exchange: Exchange): WireDialect {
  if (route.kind === 'models' || route.kind === 'model') return dialectOfHeaders(exchange);
  return route.kind === 'ask' && route.asArray === true ? googleGenerateArray : dialects[route.dialect];
}

/** intake → signals and classify → decide → execute → reply → record. Every way out of here leaves a record. */
async function serve(
  exchange: Exchange,
  route: Extract<Route, { kind: 'ask' }>,
  caller: Caller,
  context: Context,
): Promise<void> {
  const { req, res } = exchange;
  const client = watchClient(res);
  const pass = context.governance.open<MadeAttempt>({ id: exchange.id, caller, at: exchange.at });
  exchange.tell = () => pass.headers();
  let known: Known = { exchange, caller, pass, bytes: null, signals: null, decided: null };
  let line: StreamLine | null = null;
  try {
    const raw = await readBody(req, context.config.maxBodyBytes);
    if (!Buffer.isBuffer(raw)) return refuse(known, raw, route, context);
    known = { ...known, bytes: raw.length };
    const taken = intake(raw, req.headers, route.dialect, { ...route, dialect: dialectOf(route, exchange) });
    if (taken.kind === 'problem') return refuse(known, taken, route, context);
    const measured = measure(taken.request, caller, exchange.at, context);
    const recalled = recallSession(measured, exchange.at, context);
    const signals = withBudget(recalled, await pass.budgetUsed());
    known = { ...known, signals };
    const prices = { book: exchange.priceBook, at: Math.floor(exchange.at) };
    const behalf = { requestId: exchange.id, client, prices, pass };
    const inputTokens = readSignal(signals, 'request.input_tokens') ?? 0;
    const { maxOutputTokens } = taken.request;
    const denial = await pass.admit({ inputTokens, maxOutputTokens });
    if (denial !== undefined) return refuse(known, problemOf(denial), route, context);
    const text = lastUserText(taken.request);
    const decided = await decideRequest(taken.request.model, signals, context, { text, behalf });
    if (decided.kind === 'problem') return refuse(known, decided, route, context);
    known = { ...known, decided };
    const heard =
      context.texts?.wants(caller) === true ? overhear(res, dialectOf(route, exchange).name) : null;
    line = openLine(exchange, taken, decided, context.patience);
    const execution = await execute(
      decided.decision,
      {
        ...behalf,
        before: decided.asked,
        taken,
        query: route.query,
        passedOn: passedOn(req.headers),
        inputTokens,
      },
      context,
    );
    const ending = await reply(exchange, taken, decided, execution, context.clock, line);
    record({ exchange, signals: decided.signals, decided, ending, pass }, context);
    if (heard !== null) keepText(known, taken.request, heard(), ending, context);
  } catch (cause) {
    record(recordable(known, { ...endingWith('failed', internalError), attempts: pass.ended }), context);
    throw cause;
  } finally {
    line?.stop();
  }
}

/** What was asked and answered, for a team that keeps it. */
function keepText(
  { exchange, caller }: Known,
  request: NeutralRequest,
  answer: string,
  { attempts }: Ending,
  { texts }: Context,
): void {
  const target = answeringAttempt(attempts)?.target ?? '';
  texts?.keep({ id: exchange.id, at: exchange.at, caller, request, answer, target });
}

/** Of which nothing is used the signals say so already. */
function withBudget(signals: Signals, used: number): Signals {
  return used === 0 ? signals : withSignals(signals, { 'budget.used': used });
}

/** What is known of a request, for the record of one that ends early. */
interface Known {
  readonly exchange: Exchange;
  readonly caller: Caller;
  readonly pass: Pass<MadeAttempt>;
  readonly bytes: number | null;
  readonly signals: Signals | null;
  readonly decided: Decided | null;
}

function recordable({ exchange, caller, pass, bytes, signals, decided }: Known, ending: Ending): Recordable {
  return {
    exchange,
    signals: decided?.signals ?? signals ?? knownSignals(exchange, caller, bytes),
    decided,
    ending,
    pass,
  };
}

/** A request that is turned away before any upstream is asked: answered in its dialect, and recorded. */
function refuse(
  known: Known,
  problem: GatewayProblem,
  route: Extract<Route, { kind: 'ask' }>,
  context: Context,
): void {
  replyProblem(known.exchange, problem, dialects[route.dialect]);
  const left = problem.code === 'body_incomplete';
  const ending = left
    ? { ...endingWith('abandoned', problem), httpStatus: 499 }
    : endingWith('refused', problem);
  record(recordable(known, ending), context);
}

function endingWith(status: Ending['status'], { code, status: httpStatus }: GatewayProblem): Ending {
  return { status, httpStatus, error: code, attempts: [], firstTokenMs: null };
}

const nothing: Readonly<Record<string, string>> = Object.freeze({});
const passable = ['anthropic-beta', 'anthropic-version', 'openai-beta'] as const;

/** Headers that mean something to an upstream. Everything else a client sends ends here, its key first of all. */
function passedOn(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  let passed: Record<string, string> | undefined;
  for (const name of passable) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    passed ??= {};
    passed[name] = value;
  }
  return passed ?? nothing;
}
