import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { compareForecast, readForecasts } from '#server/api/publishing/forecasts.ts';
import { aDraft, aServer, aVisit } from '../a-server.ts';

const version = { version: 2, at: '2026-11-01T00:00:00.000Z' };
const watched = { from: 0, to: 1 };

/** A forecast of 90 to 110 nano-dollars a request, a tenth decided otherwise, one in fifty failing. */
const kept = {
  id: 'forecast',
  result: {
    records: 1_000,
    changed: 100,
    without_cost: { before: 0, after: 0 },
    cost_nano_usd: { before: 200_000, after: 100_000, low: 90_000, high: 110_000 },
    errors: { before: 10, after: 20, low: 0, high: 40 },
  } as SimulationResult,
};

const seen = (each: number, requests = 200) => ({
  requests,
  withCost: requests,
  costNanoUsd: each * requests,
  refused: 0,
  failed: 2,
  changed: 30,
  latencyMs: null,
  targets: [],
});

describe('a forecast beside what happened', () => {
  it.each([
    [100, 'within'],
    [111, 'above'],
    [89, 'below'],
  ])('of %i nano-dollars a request lies %s the interval', (each, verdict) => {
    expect(compareForecast(version, kept, seen(each), watched)).toMatchObject({ verdict });
  });

  it('stands beside the share that changed and the share that failed', () => {
    expect(compareForecast(version, kept, seen(100), watched)).toMatchObject({
      cost_per_request: { low: 90, forecast: 100, high: 110, actual: 100 },
      changed_share: { forecast: 0.1, actual: 0.15 },
      failed_share: { forecast: 0.02, actual: 0.01 },
    });
  });

  it('is not judged on few requests, and says so', () => {
    expect(compareForecast(version, kept, seen(500, 99), watched)).toMatchObject({ verdict: 'too_early' });
  });

  it('is gone with its what-if', () => {
    expect(compareForecast(version, undefined, null, watched)).toEqual({ kind: 'gone', ...version });
  });
});

describe('the forecasts of a policy', () => {
  it('are those its versions were judged by, and too early just after publishing', async () => {
    const server = await aServer({ records: 120 });
    const policy = aDraft('anthropic/claude-opus-5');
    const { body: simulation } = await server.call('POST', '/api/simulations', { candidate: { policy } });
    await server.call('POST', '/api/policies', { name: 'Draft', id: 'draft', policy });
    const asked = { revision: 1, simulation: simulation.id };
    expect((await server.call('POST', '/api/policies/draft/publish', asked)).status).toBe(200);
    const { body } = await server.call('GET', '/api/policies/draft/forecasts');
    expect(body.forecasts).toMatchObject([
      { kind: 'told', version: 1, simulation: simulation.id, requests: 0, verdict: 'too_early' },
    ]);
  });

  it('are kept from whoever reads the traffic of one team only', async () => {
    const { open } = await aServer();
    const input = {
      params: { id: 'draft' },
      principal: { id: 'eve', grants: [{ role: 'viewer' as const, team: 'search' }] },
    };
    const asked = readForecasts(
      { ...input, query: {}, body: {}, actor: 'eve', visit: aVisit },
      open.installation,
    );
    await expect(asked).rejects.toMatchObject({ code: 'not_permitted' });
  });
});
