import { describe, expect, it } from 'vitest';
import { decide, pathText, targetsOf } from '#engine/plan/index.ts';
import { signalsFrom } from '#engine/signals/index.ts';
import { aRecord } from '../../store/builders.ts';
import { aDraft, aServer, aStoreWithDraft } from '../a-server.ts';

/** A record as the gateway writes it for `draft` version 1. */
const byDraft = {
  'decision.policy': 'draft',
  'decision.version': 1,
  'decision.path': 'only',
  'decision.targets': ['openai/gpt-5-mini'],
  'outcome.target': 'openai/gpt-5-mini',
} as const;

describe('records over HTTP', () => {
  it('come newest first, a page at a time, each request once', async () => {
    const { call, log } = await aServer({ store: await aStoreWithDraft() });
    for (const [index, id] of ['a', 'b', 'c'].entries()) log.append(aRecord({ id, 'time.at': index }));
    const first = (await call('GET', '/api/records?limit=2')).body;
    const second = (await call('GET', `/api/records?limit=2&cursor=${first.next}`)).body;
    expect([first, second].map(({ records }) => records.map(({ id }: { id: string }) => id))).toEqual([
      ['c', 'b'],
      ['a'],
    ]);
    expect(second.next).toBeNull();
    expect((await call('GET', '/api/records?cursor=nonsense')).status).toBe(400);
  });

  it('come with the reasons and a replay that is the recorded decision', async () => {
    const { call, log } = await aServer({ store: await aStoreWithDraft() });
    log.append(aRecord({ id: 'a', ...byDraft }));
    const { body } = await call('GET', '/api/records/a');
    expect(body.record.id).toBe('a');
    expect(body.replay).toEqual({ path: 'only', targets: ['openai/gpt-5-mini'], identical: true });
    expect(body.reasons).toEqual([{ node: 'only', sentence: 'openai/gpt-5-mini is called.' }]);
  });

  it('say so when the replay is not the recorded decision, or cannot be made', async () => {
    const { call, log } = await aServer({ store: await aStoreWithDraft() });
    log.append(aRecord({ id: 'other', ...byDraft, 'decision.path': 'elsewhere' }));
    log.append(aRecord({ id: 'direct', 'decision.policy': '', 'decision.version': 0 }));
    expect((await call('GET', '/api/records/other')).body.replay.identical).toBe(false);
    expect((await call('GET', '/api/records/direct')).body).toMatchObject({ reasons: [], replay: null });
    expect((await call('GET', '/api/records/none')).body.error.code).toBe('record_missing');
  });

  it('come with their cost line by line, exactly what they cost, and with the headers of their reply', async () => {
    const { call, log } = await aServer({ store: await aStoreWithDraft() });
    const usage = { input_tokens: 1_200, cache_read_tokens: 800, output_tokens: 300 };
    const attempts = [
      { target: 'openai/gpt-5.5', outcome: 'timeout', status: null, usage: null },
      { target: 'openai/gpt-5-mini', outcome: 'served', status: 200, usage },
      { target: 'openai/gpt-5-mini', role: 'judge', outcome: 'served', status: 200, usage },
    ];
    log.append(
      aRecord({
        id: 'a',
        ...byDraft,
        'outcome.attempts': JSON.stringify(attempts),
        'outcome.dropped': ['top_k', 'thinking'],
        'cost.nano_usd': 1_840_000,
        'cost.price_book': 'older',
      }),
    );
    const { cost, headers } = (await call('GET', '/api/records/a')).body;
    expect(cost).toMatchObject({
      recordedNanoUsd: 1_840_000,
      recordedBook: 'older',
      costNanoUsd: 1_840_000,
    });
    expect(cost.calls).toHaveLength(2);
    expect(cost.calls[0]).toMatchObject({ attempt: 1, target: 'openai/gpt-5-mini', costNanoUsd: 920_000 });
    expect(cost.calls[0].lines[1]).toEqual({
      kind: 'tokens',
      class: 'cacheReadTokens',
      quantity: 800,
      unitPicoUsd: 25_000,
      costNanoUsd: 20_000,
    });
    expect(headers).toEqual([
      { name: 'x-waybill-request-id', value: 'a' },
      { name: 'x-waybill-policy', value: 'draft' },
      { name: 'x-waybill-version', value: '1' },
      { name: 'x-waybill-path', value: 'only' },
      { name: 'x-waybill-target', value: 'openai/gpt-5-mini' },
      { name: 'x-waybill-attempts', value: '2' },
      { name: 'x-waybill-dropped', value: 'top_k, thinking' },
      { name: 'x-waybill-cost', value: '1840000' },
    ]);
  });

  it('come with the columns that are asked for, and say which there is not', async () => {
    const { call, log } = await aServer({ store: await aStoreWithDraft() });
    log.append(aRecord({ id: 'a' }));
    const { body } = await call('GET', '/api/records?columns=id,caller.team');
    expect(body.records).toEqual([{ id: 'a', 'caller.team': 'search' }]);
    const wrong = await call('GET', '/api/records?columns=id,caller.tem');
    expect([wrong.status, wrong.body.error.message]).toEqual([
      400,
      expect.stringContaining('has no column "caller.tem"'),
    ]);
  });

  it('sum up over a window, the last 14 days unless given', async () => {
    const { call, log } = await aServer({ store: await aStoreWithDraft() });
    log.append(aRecord({ id: 'now', 'time.at': Date.now() - 1_000, 'cost.nano_usd': 5 }));
    log.append(aRecord({ id: 'long ago', 'time.at': 1_000, 'cost.nano_usd': 7 }));
    expect((await call('GET', '/api/records-summary')).body.total).toMatchObject({
      requests: 1,
      costNanoUsd: 5,
    });
    const all = (await call('GET', '/api/records-summary?from=0&to=99999999999999')).body;
    expect([all.from, all.to, all.total.costNanoUsd]).toEqual([0, 99_999_999_999_999, 12]);
  });
});

describe('the sample traffic', () => {
  it('replays to what it recorded, request for request', async () => {
    const { open, log, call } = await aServer({ records: 300 });
    const { records } = await log.page({ limit: 500 });
    const plan = open.installation.plans.planOf('support', 1)!;
    expect(records).toHaveLength(300);
    for (const record of records) {
      const decision = decide(plan, signalsFrom(record));
      expect([pathText(decision.path), targetsOf(decision)]).toEqual([
        record['decision.path'],
        record['decision.targets'],
      ]);
    }
    expect((await call('GET', '/api/status')).body).toMatchObject({
      records: 300,
      sampleTraffic: true,
      sandbox: true,
    });
  });
});

describe('a what-if over HTTP', () => {
  it('changes nothing when the policy that served is the candidate', async () => {
    const { call } = await aServer({ records: 300 });
    const { body } = await call('POST', '/api/simulate', { candidate: { id: 'support' } });
    expect(body).toMatchObject({ records: 300, changed: 0, evidence: { observed: 300 } });
    expect(body.cost_nano_usd.after).toBe(body.cost_nano_usd.before);
  });

  it('compares a document with a published version, and answers alike when asked again', async () => {
    const { call } = await aServer({ records: 300 });
    const ask = { candidate: { policy: aDraft() }, baseline: { id: 'support', version: 1 } };
    const first = await call('POST', '/api/simulate', ask);
    const second = await call('POST', '/api/simulate', ask);
    expect(first.body.changed).toBeGreaterThan(0);
    expect(first.body.by_target).toContainEqual(
      expect.objectContaining({ target: 'openai/gpt-5-mini', requests_after: 300 }),
    );
    expect(second.body).toEqual(first.body);
  });

  it('looks at the window it is asked for', async () => {
    const { call } = await aServer({ records: 300 });
    const { body } = await call('POST', '/api/simulate', { candidate: { id: 'support' }, from: 0, to: 1 });
    expect(body.records).toBe(0);
    const wrong = await call('POST', '/api/simulate', { candidate: { id: 'support' }, from: 2, to: 1 });
    expect(wrong.body.error.message).toBe('The window ends (to: 1) before it begins (from: 2).');
  });

  it('is refused for a policy with errors, with the diagnostics', async () => {
    const { call } = await aServer();
    const { status, body } = await call('POST', '/api/simulate', {
      candidate: { policy: { ...aDraft(), entry: null } },
    });
    expect([status, body.error.code, body.error.diagnostics[0].code]).toEqual([
      422,
      'policy_invalid',
      'entry_missing',
    ]);
  });
});
