import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { describe, expect, it } from 'vitest';
import { genAi } from '#server/telemetry/semantic-names.ts';
import { makeTraces } from '#server/telemetry/traces.ts';
import { listen } from '../support/servers.ts';
import { postChat } from '../support/wire.ts';
import { aFallingBackGateway, telemetryOf } from './observed-requests.ts';

/** Spans of what was asked, in the order they ended. */
async function spansOf(ask: (url: string) => Promise<Response>): Promise<readonly ReadableSpan[]> {
  const exporter = new InMemorySpanExporter();
  // Shutting down empties the exporter: what it got is kept here.
  const got: ReadableSpan[] = [];
  const traces = makeTraces(
    { version: '1.0.0', endpoint: 'http://nowhere' },
    {
      export: (spans, done) => {
        got.push(...spans);
        exporter.export(spans, done);
      },
      shutdown: () => exporter.shutdown(),
    },
  );
  const url = await aFallingBackGateway(telemetryOf(traces));
  await (await ask(url)).text();
  await traces.close();
  return got;
}

describe('traces', () => {
  it('have one span a request and one a call, under the client’s own span', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const [failed, served, request] = await spansOf((url) => postChat(url, {}, { headers }));
    expect(request?.name).toBe('chat auto');
    expect(request?.kind).toBe(SpanKind.SERVER);
    expect(request?.spanContext().traceId).toBe(traceId);
    expect(request?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(failed?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(failed?.kind).toBe(SpanKind.CLIENT);
    expect(failed?.status.code).toBe(SpanStatusCode.ERROR);
    expect(failed?.attributes).toMatchObject({
      'gen_ai.request.model': 'gpt-5',
      'error.type': 'server_error',
      'http.response.status_code': 500,
    });
    expect(served?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'waybill.cost.nano_usd': 65_000,
    });
  });

  it('tell the path of the decision as events', async () => {
    const spans = await spansOf((url) => postChat(url));
    const request = spans.at(-1);
    const steps = request?.events.map(({ attributes }) => attributes?.['waybill.node']);
    expect(steps).toEqual(['first', 'dear', 'first', 'cheap']);
    expect(request?.attributes['waybill.decision.path']).toContain('first');
  });

  it('begin anew where the client’s header is damaged', async () => {
    const headers = { traceparent: '00-00000000000000000000000000000000-0000000000000000-01' };
    const spans = await spansOf((url) => postChat(url, {}, { headers }));
    expect(spans.at(-1)?.parentSpanContext).toBeUndefined();
  });

  it('hold no text of a request', async () => {
    const canary = 'canary-77ab';
    const body = { messages: [{ role: 'user', content: canary }], metadata: { a: canary }, user: canary };
    const spans = await spansOf((url) => postChat(url, body));
    expect(spans.length).toBe(3);
    expect(
      JSON.stringify(spans.map(({ name, attributes, events }) => [name, attributes, events])),
    ).not.toContain(canary);
  });

  it('use only names that the conventions know', () => {
    const known = Object.values(conventions);
    for (const name of Object.values(genAi)) expect(known).toContain(name);
    expect(known).toContain('error.type');
  });

  it('reach a collector as OTLP over HTTP', async () => {
    const seen: string[] = [];
    const collector = await listen((req, res) => {
      seen.push(`${req.method} ${req.url}`);
      req.resume().on('end', () => res.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
    });
    const traces = makeTraces({ version: '1.0.0', endpoint: `${collector}/` });
    const url = await aFallingBackGateway(telemetryOf(traces));
    await (await postChat(url)).text();
    await traces.close();
    expect(seen).toContain('POST /v1/traces');
  });
});
