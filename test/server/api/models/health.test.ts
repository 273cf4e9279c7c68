import { describe, expect, it } from 'vitest';
import { aServer } from '../a-server.ts';

describe('the health of targets over the API', () => {
  it('is empty before anything was called', async () => {
    const { call } = await aServer();
    const { status, body } = await call('GET', '/api/health/targets');
    expect([status, body.targets]).toEqual([200, []]);
  });

  it('tells breaker, failures, speed and last failure of each, worst first', async () => {
    const { call, open } = await aServer();
    const { health } = open.installation.live;
    const fine = { outcome: 'served', firstTokenMs: 120, outputTokens: 200, writingMs: 1_000 } as const;
    const bad = { outcome: 'server_error', firstTokenMs: null, outputTokens: 0, writingMs: 0 } as const;
    health.report('openai/gpt-5-mini', fine);
    for (let count = 0; count < 5; count += 1) health.report('anthropic/claude-opus-5', bad);
    const { body } = await call('GET', '/api/health/targets');
    expect(body.targets).toMatchObject([
      { target: 'anthropic/claude-opus-5', state: 'open', lastError: 'server_error', firstTokenMs: null },
      { target: 'openai/gpt-5-mini', state: 'closed', waitMs: 0, errorRate: 0, firstTokenMs: 120 },
    ]);
    expect(body.targets[0].waitMs).toBeGreaterThan(0);
    expect(body.targets[1].tokensPerSecond).toBeCloseTo(200);
    expect(Date.parse(body.targets[0].lastCallAt)).toBeLessThanOrEqual(Date.parse(body.at));
  });
});
