import express from 'express';
import { describe, expect, it } from 'vitest';
import { ApiFailure } from '#server/errors.ts';
import { makeMetrics } from '#server/telemetry/metrics.ts';
import { metricsPage } from '#server/telemetry/metrics-page.ts';
import { listen } from '../support/servers.ts';
import { postChat } from '../support/wire.ts';
import { aBusyHour, aFallingBackGateway, sources, telemetryOf } from './observed-requests.ts';

/** The value of one sample; labels in any order. */
function sample(page: string, name: string, labels: Readonly<Record<string, string>>): number | undefined {
  for (const line of page.split('\n')) {
    if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) continue;
    if (Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
      return Number(line.slice(line.lastIndexOf(' ')));
  }
  return undefined;
}

describe('metrics', () => {
  it('count requests, calls, fallbacks, tokens and dollars as the records say', async () => {
    const page = await aBusyHour();
    const served = { policy: 'auto', target: 'openai/gpt-5-mini', status: 'served', error: '' };
    expect(sample(page, 'waybill_requests_total', served)).toBe(2);
    expect(sample(page, 'waybill_requests_total', { status: 'failed', error: 'server_error' })).toBe(1);
    expect(sample(page, 'waybill_requests_total', { status: 'refused' })).toBe(1);
    expect(sample(page, 'waybill_attempts_total', { target: 'openai/gpt-5', outcome: 'server_error' })).toBe(
      3,
    );
    expect(sample(page, 'waybill_fallbacks_total', { policy: 'auto' })).toBe(2);
    const mini = { target: 'openai/gpt-5-mini' };
    expect(sample(page, 'waybill_tokens_total', { ...mini, class: 'input' })).toBe(200);
    expect(sample(page, 'waybill_tokens_total', { ...mini, class: 'output' })).toBe(40);
    // gpt-5-mini: $0.25 and $2 a million.
    expect(sample(page, 'waybill_cost_usd_total', mini)).toBeCloseTo((200 * 0.25 + 40 * 2) / 1e6, 12);
    expect(sample(page, 'waybill_time_to_first_token_seconds_count', mini)).toBe(1);
  });

  it('speak the GenAI conventions for every call', async () => {
    const page = await aBusyHour();
    const call = {
      gen_ai_operation_name: 'chat',
      gen_ai_provider_name: 'openai',
      gen_ai_request_model: 'gpt-5-mini',
    };
    expect(sample(page, 'gen_ai_client_operation_duration_seconds_count', call)).toBe(2);
    expect(sample(page, 'gen_ai_client_token_usage_sum', { ...call, gen_ai_token_type: 'input' })).toBe(200);
    const failed = { gen_ai_request_model: 'gpt-5', error_type: 'server_error' };
    expect(sample(page, 'gen_ai_client_operation_duration_seconds_count', failed)).toBe(3);
  });

  it('read breakers, budgets and deployments when somebody scrapes', async () => {
    const page = await aBusyHour();
    expect(sample(page, 'waybill_breaker_open', { target: 'openai/gpt-5' })).toBe(1);
    expect(sample(page, 'waybill_budget_used_ratio', { budget: 'search' })).toBe(0.8);
    expect(sample(page, 'waybill_deployed_version', { alias: 'auto' })).toBe(3);
    expect(sample(page, 'waybill_store_up', { store: 'postgres' })).toBe(1);
    expect(sample(page, 'waybill_store_up', { store: 'redis' })).toBe(0);
    expect(sample(page, 'waybill_clock_ahead_seconds', {})).toBe(1.5);
    expect(sample(page, 'waybill_build_info', { version: '9.9.9' })).toBe(1);
    expect(sample(page, 'waybill_requests_in_flight', {})).toBe(0);
  });

  it('hold nothing that a client wrote but names from the configuration', async () => {
    const metrics = makeMetrics({ ...sources, process: false });
    const url = await aFallingBackGateway(telemetryOf({ observe: () => undefined }, metrics));
    const canary = 'canary-5d1c';
    const messages = [{ role: 'user', content: canary }];
    await (await postChat(url, { messages, user: canary, metadata: { tag: canary } })).text();
    await (await postChat(url, { model: canary, messages })).text();
    const { body } = await metrics.text();
    expect(body).toContain('waybill_requests_total');
    expect(body).not.toContain(canary);
  });
});

describe('the page /metrics', () => {
  async function get(
    settings: { readonly metricsToken: string | null; readonly adminToken: string | null },
    headers: Record<string, string> = {},
  ): Promise<number> {
    const app = express();
    app.get('/metrics', metricsPage(telemetryOf({ observe: () => undefined }), settings));
    app.use(((error, _, response, __) => {
      response.status(error instanceof ApiFailure ? error.status : 500).end();
    }) satisfies express.ErrorRequestHandler);
    const url = await listen(app);
    return (await fetch(`${url}/metrics`, { headers })).status;
  }

  it('is open to this machine while no token is set', async () => {
    expect(await get({ metricsToken: null, adminToken: null })).toBe(200);
  });

  it('asks for a token as soon as one is set, and takes either', async () => {
    const tokens = { metricsToken: 'scrape', adminToken: 'admin' };
    expect(await get(tokens)).toBe(401);
    expect(await get(tokens, { authorization: 'Bearer wrong' })).toBe(401);
    expect(await get(tokens, { authorization: 'Bearer scrape' })).toBe(200);
    expect(await get(tokens, { authorization: 'Bearer admin' })).toBe(200);
  });
});
