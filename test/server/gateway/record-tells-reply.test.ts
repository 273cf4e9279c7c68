import { describe, expect, it } from 'vitest';
import { aServer, type TestServer } from '../api/a-server.ts';

async function ask({ base, open }: TestServer, stream: boolean): Promise<Response> {
  return fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${open.installation.firstKey}`,
    },
    body: JSON.stringify({ model: 'auto', stream, messages: [{ role: 'user', content: 'Hello' }] }),
  });
}

function own(headers: Iterable<readonly [string, string]>): readonly string[] {
  return [...headers]
    .filter(([name]) => name.startsWith('x-waybill-') && !name.startsWith('x-waybill-budget'))
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
}

describe('the record of a request', () => {
  it('tells the headers that its reply had', async () => {
    const server = await aServer();
    const response = await ask(server, false);
    await response.text();
    const { body } = await server.call('GET', `/api/records/${response.headers.get('x-waybill-request-id')}`);
    const told = body.headers.map(({ name, value }: { name: string; value: string }) => [name, value]);
    expect(own(told)).toEqual(own(response.headers));
    expect(own(told).length).toBeGreaterThan(5);
  });

  it('tells when each attempt began and had its first content, and what its cost is made of', async () => {
    const server = await aServer();
    const response = await ask(server, true);
    await response.text();
    const { body } = await server.call('GET', `/api/records/${response.headers.get('x-waybill-request-id')}`);
    const [attempt] = JSON.parse(body.record['outcome.attempts']);
    const { start_ms: start, first_token_ms: first, latency_ms: whole } = attempt;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(first).toBeGreaterThan(0);
    expect(whole).toBeGreaterThanOrEqual(first);
    expect(start + whole).toBeLessThanOrEqual(body.record['latency.total_ms'] + 1);
    expect(body.cost.costNanoUsd).toBe(body.record['cost.nano_usd']);
    expect(body.cost.priceBook).toBe(body.record['cost.price_book']);
  });
});
