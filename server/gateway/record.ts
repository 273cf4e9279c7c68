import { attemptUsage, totalTokens, usageColumns } from '#engine/catalogue/index.ts';
import { targetsOf } from '#engine/plan/index.ts';
import {
  type Caller,
  type NamedSignals,
  type RecordOutcome,
  readSignal,
  recordOf,
  type Signals,
  signalsFrom,
} from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import type { Pass } from '../governance/index.ts';
import type { Decided } from './decide-request.ts';
import { type Exchange, headerOf } from './exchange.ts';
import { answeringAttempt, type MadeAttempt, totalCost } from './made-attempt.ts';
import type { Ending } from './reply.ts';

/** What a record is made of. `signals` are fewer for a request that could not be read; no decision was made for some. */
export interface Recordable {
  readonly exchange: Exchange;
  readonly signals: Signals;
  readonly decided: Decided | null;
  readonly ending: Ending;
  readonly pass: Pass<MadeAttempt>;
}

/** Writes the row of a finished request, on every exit, and shows it to whoever watches the traffic. */
export function record({ exchange, signals, decided, ending, pass }: Recordable, context: Context): void {
  const outcome = outcomeOf(exchange, decided, ending, [...pass.notes, ...(ending.notes ?? [])], context);
  context.log.append(recordOf(signals, outcome));
  const { attempts } = ending;
  const traceparent = headerOf(exchange.req.headers, 'traceparent');
  context.telemetry.observe({ at: exchange.at, signals, outcome, attempts, traceparent });
  pass.close(ending.attempts);
  settleLive(signals, decided, ending, outcome, context);
  context.feed.publish({
    id: outcome.id,
    team: readSignal(signals, 'caller.team') ?? '',
    policy: outcome['decision.policy'],
    version: outcome['decision.version'],
    path: outcome['decision.path'],
    target: outcome['outcome.target'],
    status: outcome['outcome.status'],
    costNanoUsd: outcome['cost.nano_usd'],
    latencyMs: outcome['latency.total_ms'],
    at: Math.floor(exchange.at),
    sandbox: outcome.sandbox,
  });
}

/** What limits and conversations have to know of a request that is over. */
function settleLive(
  signals: Signals,
  decided: Decided | null,
  { status, attempts }: Ending,
  outcome: RecordOutcome,
  { live, catalogue, clock }: Context,
): void {
  let tokens = 0;
  for (const { usage } of attempts) if (usage.tokens !== null) tokens += totalTokens(usage.tokens);
  live.limits.settle(decided?.passed ?? [], { tokens, costNanoUsd: outcome['cost.nano_usd'] });
  const last = answeringAttempt(attempts);
  if (status !== 'served' || last === undefined) return;
  live.sessions.remember({
    session: readSignal(signals, 'session.id') ?? '',
    target: last.target,
    usage: last.usage.tokens,
    caching: catalogue.find(last.target)?.caching ?? null,
    at: clock(),
  });
}

/** What is known of a request that could not be read: when it came, from whom, and how large it was. */
export function knownSignals(exchange: Exchange, caller: Caller, bytes: number | null): Signals {
  const known: NamedSignals = {
    'time.at': Math.floor(exchange.at),
    'request.bytes': bytes,
    'caller.key': caller.key,
    'caller.team': caller.team,
    'caller.project': caller.project,
    'caller.tags': caller.tags,
    'caller.retention': caller.zeroRetention === true ? 'zero' : 'retains',
    'caller.regions': caller.regions ?? [],
  };
  return signalsFrom(known);
}

function outcomeOf(
  { id, at, priceBook }: Exchange,
  decided: Decided | null,
  { status, httpStatus, error, attempts, firstTokenMs }: Ending,
  notes: readonly string[],
  context: Context,
): RecordOutcome {
  const answering = attempts.filter(({ role }) => role === undefined);
  const last = answering.at(-1);
  // The answer's usage is the last attempt's that has any; what failed attempts cost is in the sum and in their list.
  const usage = answering.findLast((attempt) => attempt.usage.source !== 'none')?.usage;
  return {
    id,
    sandbox: attempts.some((attempt) => attempt.sandbox),
    'decision.policy': decided?.policyId ?? '',
    'decision.version': decided?.version ?? 0,
    'decision.hash': decided?.hash ?? '',
    'decision.path': decided?.path ?? '',
    'decision.targets': decided === null ? [] : targetsOf(decided.decision),
    'decision.shadow': decided?.shadow ?? '',
    'outcome.status': status,
    'outcome.target': last?.target ?? '',
    'outcome.error': error,
    'outcome.http_status': httpStatus,
    'outcome.attempts': attemptsText(attempts, at),
    'outcome.dropped': last?.dropped ?? [],
    'outcome.notes': notes,
    ...usageColumns(usage?.tokens ?? null),
    'usage.source': usage?.source ?? 'none',
    'cost.nano_usd': totalCost(attempts),
    'cost.price_book': priceBook.version,
    'latency.total_ms': tenths(context.clock() - at),
    'latency.first_token_ms': firstTokenMs === null ? null : tenths(firstTokenMs),
  };
}

/** `start_ms` counts from the request's arrival, `first_token_ms` from the attempt's own start. */
function attemptsText(attempts: readonly MadeAttempt[], at: number): string {
  return JSON.stringify(
    attempts.map(
      ({ target, role, outcome, status, latencyMs, firstTokenMs, endedAt, costNanoUsd, usage }) => ({
        target,
        ...(role === undefined ? {} : { role }),
        outcome,
        status,
        start_ms: endedAt === null ? null : Math.max(0, tenths(endedAt - latencyMs - at)),
        latency_ms: tenths(latencyMs),
        first_token_ms: firstTokenMs === null ? null : tenths(firstTokenMs),
        cost_nano_usd: costNanoUsd,
        usage: usage.tokens === null ? null : attemptUsage(usage.tokens),
      }),
    ),
  );
}

/** Tenths of a millisecond are all that a network lets one mean. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
