import {
  type Attributes,
  type Context as OtelContext,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { readSignal } from '#engine/signals/index.ts';
import type { MadeAttempt } from '../gateway/made-attempt.ts';
import type { Observed, Observer } from './observed.ts';
import { errorType, genAi, modelOf, operationOf, providerOf } from './semantic-names.ts';
import { tokensByClass } from './token-classes.ts';

/** Traces of finished requests. `close` sends what is waiting. */
export interface Traces extends Observer {
  close(): Promise<void>;
}

/**
 * Sends a trace a request to an OpenTelemetry collector: the request as a server span with a step of the decision an
 * event, and every call to a model as a client span by the conventions for generative AI. No text of a request is in
 * them. A collector that is away loses spans and nothing else.
 *
 * @param endpoint Base URL of OTLP over HTTP, `http://localhost:4318`; `exporter` takes its place in tests.
 */
export function makeTraces(
  { version, endpoint }: { readonly version: string; readonly endpoint: string },
  exporter: SpanExporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
): Traces {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'waybill', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  });
  const tracer = provider.getTracer('waybill', version);
  return {
    observe: (observed) => traceRequest(tracer, observed),
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function traceRequest(tracer: Tracer, observed: Observed): void {
  const { at, outcome, signals, attempts } = observed;
  const operation = operationOf(readSignal(signals, 'request.dialect'));
  const attributes: Attributes = { [genAi.operation]: operation, ...requestAttributes(observed) };
  const endTime = at + (outcome['latency.total_ms'] ?? 0);
  const span = tracer.startSpan(
    `${operation} ${outcome['decision.policy'] || outcome['outcome.target'] || 'unrouted'}`,
    { kind: SpanKind.SERVER, startTime: at, attributes },
    parentOf(observed.traceparent),
  );
  addSteps(span, outcome['decision.path'], at);
  const parent = trace.setSpan(ROOT_CONTEXT, span);
  for (const attempt of attempts) {
    const { target, outcome: error, endedAt } = attempt;
    if (endedAt === null)
      span.addEvent('waybill.not_called', { 'waybill.target': target, [errorType]: error }, at);
    else traceAttempt(tracer, attempt, { operation, parent, endedAt });
  }
  const status = outcome['outcome.status'];
  if (status === 'failed' || status === 'refused') {
    span.setAttribute(errorType, outcome['outcome.error']);
    span.setStatus({ code: SpanStatusCode.ERROR, message: outcome['outcome.error'] });
  }
  span.end(endTime);
}

function requestAttributes({ signals, outcome }: Observed): Attributes {
  const session = readSignal(signals, 'session.id') ?? '';
  const maxTokens = readSignal(signals, 'request.max_output_tokens');
  const cost = outcome['cost.nano_usd'];
  return {
    'waybill.request.id': outcome.id,
    'waybill.policy.id': outcome['decision.policy'],
    'waybill.policy.version': outcome['decision.version'],
    'waybill.decision.path': outcome['decision.path'],
    'waybill.target': outcome['outcome.target'],
    'waybill.status': outcome['outcome.status'],
    'waybill.team': readSignal(signals, 'caller.team') ?? '',
    'waybill.key': readSignal(signals, 'caller.key') ?? '',
    'waybill.sandbox': outcome.sandbox,
    'http.response.status_code': outcome['outcome.http_status'],
    [genAi.stream]: readSignal(signals, 'request.stream') ?? false,
    ...(cost === null ? {} : { 'waybill.cost.nano_usd': cost }),
    ...(session === '' ? {} : { [genAi.conversation]: session }),
    ...(maxTokens === null || maxTokens === undefined || maxTokens === 0
      ? {}
      : { [genAi.maxTokens]: Number(maxTokens) }),
  };
}

/** `task:code>strong:1>opus`: one event a node, with the exit it was left by. */
function addSteps(span: Span, path: string, at: number): void {
  if (path === '') return;
  for (const step of path.split('>')) {
    const [node = '', port = ''] = step.split(':');
    span.addEvent('waybill.step', { 'waybill.node': node, 'waybill.port': port }, at);
  }
}

function traceAttempt(
  tracer: Tracer,
  { target, role, outcome, status, latencyMs, usage, costNanoUsd }: MadeAttempt,
  {
    operation,
    parent,
    endedAt,
  }: { readonly operation: string; readonly parent: OtelContext; readonly endedAt: number },
): void {
  const attributes: Attributes = {
    [genAi.operation]: operation,
    [genAi.provider]: providerOf(target),
    [genAi.requestModel]: modelOf(target),
    'waybill.attempt.role': role ?? 'answer',
    'waybill.attempt.outcome': outcome,
    ...(status === null ? {} : { 'http.response.status_code': status }),
    ...(costNanoUsd === null ? {} : { 'waybill.cost.nano_usd': costNanoUsd }),
    ...(usage.tokens === null ? {} : usageAttributes(usage.tokens)),
  };
  const startTime = endedAt - latencyMs;
  const name = `${operation} ${modelOf(target)}`;
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime, attributes }, parent);
  if (outcome !== 'served') {
    span.setAttribute(errorType, outcome);
    span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  }
  span.end(endedAt);
}

/** The conventions count cached tokens among the input and reasoning among the output. */
function usageAttributes(tokens: NonNullable<MadeAttempt['usage']['tokens']>): Attributes {
  let [input, output] = [0, 0];
  for (const { count, isInput } of tokensByClass(tokens)) {
    if (isInput) input += count;
    else output += count;
  }
  const { cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens, reasoningTokens } = tokens;
  return {
    [genAi.inputTokens]: input,
    [genAi.outputTokens]: output,
    [genAi.cacheReadTokens]: cacheReadTokens,
    [genAi.cacheWriteTokens]: cacheWrite5mTokens + cacheWrite1hTokens,
    [genAi.reasoningTokens]: reasoningTokens,
  };
}

/** The client's span, by the W3C header `traceparent`; the root where it sent none or a damaged one. */
function parentOf(traceparent: string): OtelContext {
  const parts = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/.exec(traceparent);
  const [, traceId = '', spanId = '', flags = '0'] = parts ?? [];
  if (!/[1-9a-f]/.test(traceId) || !/[1-9a-f]/.test(spanId)) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
