import { describe, expect, it } from 'vitest';
import { makeMemoryRateLimits } from '#server/governance/limits/make-memory-rate-limits.ts';
import { sendJson } from '../../support/servers.ts';
import { aCompletion, postChat, postMessage } from '../../support/wire.ts';
import { aGovernedGateway } from '../a-governed-gateway.ts';
import { describeRateLimits } from './rate-limit-conformance.ts';

describeRateLimits('the rates of one process', makeMemoryRateLimits);

const small = { model: 'openai/gpt-5-mini', max_tokens: 20 };

describe('a rate limit of a key', () => {
  it('stands in the headers of every reply, and in place of the upstream’s own', async () => {
    const { url } = await aGovernedGateway({
      key: { rpm: 10, tpm: 5_000 },
      team: { rpm: 5, concurrency: 3 },
      clock: () => 1_000_000,
      answer: (res) => sendJson(res, 200, aCompletion(), { 'x-ratelimit-limit-requests': '99' }),
    });
    const { headers } = await postChat(url, small);
    expect(headers.get('ratelimit-policy')).toBe(
      '"key-requests";q=10;w=60, "key-tokens";q=5000;w=60, "team-requests";q=5;w=60, "team-concurrency";q=3;qu="concurrent-requests"',
    );
    expect(headers.get('ratelimit')).toMatch(
      /^"key-requests";r=9;t=61, "key-tokens";r=49\d\d;t=61, "team-requests";r=4;t=61, "team-concurrency";r=2$/,
    );
    expect(headers.get('x-ratelimit-limit-requests')).toBe('5');
    expect(headers.get('x-ratelimit-remaining-requests')).toBe('4');
    expect(headers.get('x-ratelimit-reset-tokens')).toBe('61s');
  });

  it('refuses in the client’s dialect, with the time to wait, and lets through again afterwards', async () => {
    let now = 1_000_000;
    const { url, log, upstream } = await aGovernedGateway({ key: { rpm: 2 }, clock: () => now });
    await postChat(url, small);
    await postChat(url, small);
    const refused = await postChat(url, small);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '61']);
    expect(await refused.json()).toMatchObject({
      error: { code: 'rate_limit_exceeded', type: 'rate_limit_error' },
    });
    const message = await postMessage(url, small);
    expect(await message.json()).toMatchObject({ error: { type: 'rate_limit_error' } });
    expect(upstream.seen).toHaveLength(2);
    expect(log.records.map((one) => one['outcome.error'])).toEqual([
      '',
      '',
      'rate_limit_exceeded',
      'rate_limit_exceeded',
    ]);
    now += 61_000;
    expect((await postChat(url, small)).status).toBe(200);
  });

  it('of tokens counts what was used, once that is known', async () => {
    const { url, log } = await aGovernedGateway({ key: { tpm: 150 }, clock: () => 1_000_000 });
    expect((await postChat(url, small)).status).toBe(200);
    await log.next();
    expect((await postChat(url, small)).status).toBe(200);
    await log.next();
    const third = await postChat(url, small);
    expect([third.status, third.headers.get('x-ratelimit-remaining-tokens')]).toEqual([429, '0']);
    const narrow = await aGovernedGateway({ key: { tpm: 20 } });
    const large = await postChat(narrow.url, small);
    expect((await large.json()).error.message).toContain('this request alone is expected to use');
    expect(large.headers.has('retry-after')).toBe(false);
  });

  it('of requests at a time has room again as soon as one has ended', async () => {
    const held: (() => void)[] = [];
    const { url, log } = await aGovernedGateway({
      key: { concurrency: 1 },
      answer: (res) => held.push(() => sendJson(res, 200, aCompletion())),
    });
    const first = postChat(url, small);
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const refused = await postChat(url, small);
    expect([refused.status, (await refused.json()).error.code]).toEqual([429, 'rate_limit_exceeded']);
    held[0]?.();
    expect((await first).status).toBe(200);
    await log.next();
    await log.next();
    const again = postChat(url, small);
    while (held.length === 1) await new Promise((resolve) => setImmediate(resolve));
    held[1]?.();
    expect((await again).status).toBe(200);
  });
});
