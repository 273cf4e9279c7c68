import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { readSignal } from '#engine/signals/index.ts';
import type { MadeAttempt } from '../gateway/made-attempt.ts';
import { type MetricSources, registerGauges } from './gauges.ts';
import type { Observed, Observer } from './observed.ts';
import { errorType, genAi, modelOf, operationOf, prometheusName, providerOf } from './semantic-names.ts';
import { tokensByClass } from './token-classes.ts';

/** Metrics in the text format of Prometheus. */
export interface Metrics extends Observer {
  /** A request came in; call what it answers when the request is over. */
  begin(): () => void;
  /** The page of `/metrics`. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** Seconds, as the conventions for generative AI advise. */
const seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
/** Seconds; the gateway's own share is far below a second. */
const fineSeconds = [0.000_25, 0.000_5, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.5, 2];
const tokenBuckets = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

/** Metrics of one process. Requests are counted shortly after they end, off their own way. */
export function makeMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  if (sources.process) collectDefaultMetrics({ register: registry });
  const inFlight = registerGauges(registry, sources);
  const instruments = makeInstruments(registry);
  let waiting: Observed[] = [];

  function count(): void {
    const batch = waiting;
    waiting = [];
    for (const observed of batch) countRequest(instruments, observed);
  }

  return {
    begin: () => {
      inFlight.inc();
      return () => inFlight.dec();
    },
    observe: (observed) => {
      if (waiting.push(observed) === 1) setImmediate(count);
    },
    text: async () => {
      count();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

type Instruments = ReturnType<typeof makeInstruments>;

function makeInstruments(registry: Registry) {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: readonly string[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, labelNames: readonly string[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const genAiLabels = [genAi.operation, genAi.provider, genAi.requestModel].map((name) =>
    prometheusName(name),
  );
  return {
    requests: counter('waybill_requests_total', 'Finished requests.', [
      'policy',
      'target',
      'team',
      'dialect',
      'status',
      'error',
    ]),
    duration: histogram(
      'waybill_request_duration_seconds',
      'From a request’s arrival to the last byte of its answer.',
      ['policy', 'target', 'status'],
      seconds,
    ),
    firstToken: histogram(
      'waybill_time_to_first_token_seconds',
      'From a request’s arrival to the first content of its stream.',
      ['policy', 'target'],
      seconds,
    ),
    overhead: histogram(
      'waybill_overhead_seconds',
      'What a request took beyond the calls it made.',
      ['policy'],
      fineSeconds,
    ),
    attempts: counter('waybill_attempts_total', 'Calls to targets.', ['target', 'outcome', 'role']),
    fallbacks: counter('waybill_fallbacks_total', 'Requests that needed more than one attempt.', ['policy']),
    tokens: counter('waybill_tokens_total', 'Tokens by class; classes are disjoint.', [
      'target',
      'team',
      'class',
    ]),
    cost: counter(
      'waybill_cost_usd_total',
      'Cost in dollars, for trends: the exact sums, in nano-dollars, are in the request log.',
      ['target', 'team', 'policy'],
    ),
    unpriced: counter('waybill_unpriced_requests_total', 'Requests whose cost is unknown.', ['target']),
    genAiDuration: histogram(
      prometheusName(genAi.durationMetric, 'seconds'),
      'Duration of one call to a model.',
      [...genAiLabels, prometheusName(errorType)],
      seconds,
    ),
    genAiTokens: histogram(
      prometheusName(genAi.tokenUsageMetric),
      'Input and output tokens of one call to a model.',
      [...genAiLabels, prometheusName(genAi.tokenType)],
      tokenBuckets,
    ),
  };
}

function countRequest(instruments: Instruments, { signals, outcome, attempts }: Observed): void {
  const policy = outcome['decision.policy'];
  const target = outcome['outcome.target'];
  const status = outcome['outcome.status'];
  const team = readSignal(signals, 'caller.team') ?? '';
  const dialect = readSignal(signals, 'request.dialect') ?? '';
  instruments.requests.inc({ policy, target, team, dialect, status, error: outcome['outcome.error'] });
  const totalMs = outcome['latency.total_ms'];
  const firstTokenMs = outcome['latency.first_token_ms'];
  if (totalMs !== null) {
    instruments.duration.observe({ policy, target, status }, totalMs / 1000);
    const called = attempts.reduce((sum, { latencyMs }) => sum + latencyMs, 0);
    instruments.overhead.observe({ policy }, Math.max(0, totalMs - called) / 1000);
  }
  if (firstTokenMs !== null) instruments.firstToken.observe({ policy, target }, firstTokenMs / 1000);
  if (attempts.filter(({ role }) => role === undefined).length > 1) instruments.fallbacks.inc({ policy });
  if (outcome['cost.nano_usd'] === null) instruments.unpriced.inc({ target });
  for (const attempt of attempts) {
    countAttempt(instruments, attempt, { policy, team, operation: operationOf(dialect) });
  }
}

function countAttempt(
  instruments: Instruments,
  { target, role, outcome, latencyMs, endedAt, usage, costNanoUsd }: MadeAttempt,
  { policy, team, operation }: { readonly policy: string; readonly team: string; readonly operation: string },
): void {
  instruments.attempts.inc({ target, outcome, role: role ?? 'answer' });
  if (endedAt === null) return;
  if (costNanoUsd !== null) instruments.cost.inc({ target, team, policy }, costNanoUsd / 1e9);
  const labels = {
    [prometheusName(genAi.operation)]: operation,
    [prometheusName(genAi.provider)]: providerOf(target),
    [prometheusName(genAi.requestModel)]: modelOf(target),
  };
  const failed = outcome === 'served' ? '' : outcome;
  instruments.genAiDuration.observe({ ...labels, [prometheusName(errorType)]: failed }, latencyMs / 1000);
  if (usage.tokens === null) return;
  let [input, output] = [0, 0];
  for (const { name, count, isInput } of tokensByClass(usage.tokens)) {
    instruments.tokens.inc({ target, team, class: name }, count);
    if (isInput) input += count;
    else output += count;
  }
  const type = prometheusName(genAi.tokenType);
  instruments.genAiTokens.observe({ ...labels, [type]: 'input' }, input);
  instruments.genAiTokens.observe({ ...labels, [type]: 'output' }, output);
}
