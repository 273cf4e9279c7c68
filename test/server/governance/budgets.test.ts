import { describe, expect, it } from 'vitest';
import { makeMemorySpendStore } from '#server/governance/budgets/make-memory-spend-store.ts';
import { type SpendStore, StoreDown } from '#server/governance/budgets/spend-store.ts';
import { testSecret } from '../support/fakes.ts';
import { sendEvents, sendJson } from '../support/servers.ts';
import { aCompletion, chunk, postChat, postMessage, roleChunk } from '../support/wire.ts';
import { aGovernedGateway, costOfAnswer } from './a-governed-gateway.ts';

const small = { model: 'openai/gpt-5-mini', max_tokens: 20 };
/** Dollars of so many nano-dollars. */
const usd = (nano: number) => nano / 1e9;
const team = { id: 'team', scope: { team: 'search' } } as const;
const fallback = (...targets: readonly string[]) => ({
  entry: 'try',
  nodes: {
    try: {
      kind: 'fallback',
      try: targets.map((_, index) => `t${index}`),
      on: ['rate_limit', 'unavailable', 'server_error'],
    },
    ...Object.fromEntries(targets.map((target, index) => [`t${index}`, { kind: 'model', target }])),
  },
});

describe('a budget', () => {
  it('lets through what fits, books what it cost, and tells what is left', async () => {
    const { url, governance, log } = await aGovernedGateway({ budgets: [{ ...team, usd: 1 }] });
    const response = await postChat(url, small);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-waybill-budget')).toBe('team');
    expect(Number(response.headers.get('x-waybill-budget-remaining'))).toBeLessThan(1);
    await log.next();
    expect(await governance.standingOf('team', Date.now())).toMatchObject({
      spent: costOfAnswer,
      reserved: 0,
    });
  });

  it('refuses what does not fit in the client’s dialect: which budget and when it begins anew, no numbers', async () => {
    const { url, upstream, log } = await aGovernedGateway({ budgets: [{ ...team, usd: usd(1_000) }] });
    const chat = await postChat(url, small);
    expect(chat.status).toBe(429);
    expect(await chat.json()).toMatchObject({
      error: {
        code: 'budget_exceeded',
        type: 'rate_limit_error',
        message: expect.stringContaining('"team" (team search, month)'),
      },
    });
    expect(Number(chat.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(chat.headers.get('x-should-retry')).toBe('false');
    const message = await postMessage(url, small);
    expect(message.status).toBe(429);
    expect(await message.json()).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } });
    expect(upstream.seen).toEqual([]);
    expect(await log.next()).toMatchObject({
      'outcome.status': 'refused',
      'outcome.error': 'budget_exceeded',
      'cost.nano_usd': 0,
    });
  });

  it('is not passed by a burst: as many run at once as their leases fit', async () => {
    const held: (() => void)[] = [];
    const { url, upstream } = await aGovernedGateway({
      budgets: [{ ...team, usd: usd(130_000) }],
      answer: (res) => held.push(() => sendJson(res, 200, aCompletion())),
    });
    const burst = Array.from({ length: 8 }, () => postChat(url, small));
    const refused: Response[] = [];
    await new Promise<void>((resolve) => {
      for (const one of burst)
        one.then((response) => {
          if (response.status === 429) refused.push(response);
          if (refused.length === 5) resolve();
        });
    });
    expect(upstream.seen).toHaveLength(3);
    for (const answer of held) answer();
    const statuses = (await Promise.all(burst)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
  });

  it('gives room back whatever became of the request', async () => {
    const { url, governance, log } = await aGovernedGateway({
      budgets: [{ ...team, usd: 1 }],
      answer: (res, _, turn) => {
        if (turn === 1) sendJson(res, 500, { error: { message: 'no' } });
        else if (turn === 2) {
          sendEvents(res, roleChunk + chunk({ content: 'Half an' }));
          res.destroy();
        } else sendEvents(res, roleChunk + chunk({ content: 'a word' }));
      },
    });
    expect((await postChat(url, small)).status).toBe(500);
    await (await postChat(url, { ...small, stream: true })).text().catch(() => '');
    const leaving = new AbortController();
    const left = await postChat(url, { ...small, stream: true }, { signal: leaving.signal });
    await left.body?.getReader().read();
    leaving.abort();
    const records = [await log.next(), await log.next(), await log.next()];
    expect(records.map((one) => one['outcome.status'])).toEqual(['failed', 'failed', 'abandoned']);
    const spent = records.reduce((sum, one) => sum + (one['cost.nano_usd'] ?? 0), 0);
    expect(spent).toBeGreaterThan(0);
    expect(await governance.standingOf('team', Date.now())).toMatchObject({ spent, reserved: 0 });
  });

  it('counts for organisation, team, project, key and tag at once, and for nobody else’s', async () => {
    const scopes = [
      { organisation: true },
      { team: 'search' },
      { team: 'search', project: 'ranking' },
      { key: 'ci' },
      { tag: 'batch' },
      { model: 'openai/*' },
      { team: 'ops' },
      { model: 'other/*' },
    ] as const;
    const budgets = scopes.map((scope, index) => ({ id: `b${index}`, scope, usd: 1 }));
    const { url, governance, log } = await aGovernedGateway({ budgets });
    await postChat(url, small);
    await log.next();
    const spent = await Promise.all(budgets.map(({ id }) => governance.standingOf(id, Date.now())));
    expect(spent.map((one) => one?.spent)).toEqual([...Array(6).fill(costOfAnswer), 0, 0]);
  });

  it('moves a fallback on to a cheaper target that fits, and lets free models pass when nothing is left', async () => {
    const { url, upstream, log } = await aGovernedGateway({
      budgets: [{ ...team, usd: usd(10_000) }],
      policies: { cheap: fallback('openai/gpt-5-mini', 'other/small') },
    });
    expect((await postChat(url, { ...small, model: 'cheap' })).status).toBe(200);
    expect(upstream.seen).toHaveLength(1);
    expect(JSON.parse((await log.next())['outcome.attempts'])).toMatchObject([
      { target: 'openai/gpt-5-mini', outcome: 'rate_limit', status: null, cost_nano_usd: 0 },
      { target: 'other/small', outcome: 'served' },
    ]);
    expect((await postChat(url, { ...small, model: 'cheap' })).status).toBe(429);
    expect((await postChat(url, { ...small, model: 'other/free' })).status).toBe(200);
  });

  it('of a model bars that model and no other', async () => {
    const { url } = await aGovernedGateway({
      budgets: [{ id: 'dear', scope: { model: 'openai/*' }, usd: 0 }],
      policies: { both: fallback('openai/gpt-5-mini', 'other/small') },
    });
    expect((await postChat(url, small)).status).toBe(429);
    const other = await postChat(url, { ...small, model: 'both' });
    expect([other.status, other.headers.get('x-waybill-target')]).toEqual([200, 'other/small']);
  });

  it('that is soft only tells: as a signal before the decision', async () => {
    const { url, log } = await aGovernedGateway({
      budgets: [{ ...team, usd: usd(10_000), enforcement: 'soft' }],
      policies: {
        saving: {
          entry: 'left',
          nodes: {
            left: {
              kind: 'condition',
              cases: [{ id: 'out', when: 'budget.used >= 1.0', to: 'cheap' }],
              else: 'dear',
            },
            cheap: { kind: 'model', target: 'other/small' },
            dear: { kind: 'model', target: 'openai/gpt-5-mini' },
          },
        },
      },
    });
    await postChat(url, { ...small, model: 'saving' });
    await postChat(url, { ...small, model: 'saving' });
    const [first, second] = [await log.next(), await log.next()];
    expect([first['budget.used'], first['outcome.target']]).toEqual([0, 'openai/gpt-5-mini']);
    expect([second['budget.used'], second['outcome.target']]).toEqual([costOfAnswer / 10_000, 'other/small']);
  });

  it('does what it says while its store is down: refuse with 503, or let pass and say so in the record', async () => {
    const down = async () => Promise.reject(new StoreDown('gone'));
    const spend: SpendStore = { ...makeMemorySpendStore(), take: down, balances: down, settle: down };
    const strict = await aGovernedGateway({ spend, budgets: [{ ...team, usd: 1 }] });
    const refused = await postChat(strict.url, small);
    expect([refused.status, (await refused.json()).error.code]).toEqual([503, 'budget_store_down']);
    const lenient = await aGovernedGateway({
      spend,
      budgets: [{ ...team, usd: 1, when_store_down: 'allow' }],
    });
    expect((await postChat(lenient.url, small)).status).toBe(200);
    expect((await lenient.log.next())['outcome.notes']).toEqual(['budget_unchecked']);
  });

  it('books what a store could not take as soon as it can again', async () => {
    const memory = makeMemorySpendStore();
    let isDown = true;
    const settle: SpendStore['settle'] = (...given) =>
      isDown ? Promise.reject(new StoreDown('gone')) : memory.settle(...given);
    const spend = { ...memory, settle };
    const { url, governance, log } = await aGovernedGateway({ spend, budgets: [{ ...team, usd: 1 }] });
    await postChat(url, small);
    await log.next();
    isDown = false;
    await postChat(url, small);
    await log.next();
    expect(await governance.standingOf('team', Date.now())).toMatchObject({ spent: 2 * costOfAnswer });
  });

  it('never tells one team what another has spent', async () => {
    const { url } = await aGovernedGateway({
      budgets: [
        { id: 'all', scope: { organisation: true }, usd: 1 },
        { id: 'ops', scope: { team: 'ops' }, usd: 0.5 },
      ],
    });
    const response = await postChat(url, small);
    expect(response.headers.has('x-waybill-budget-remaining')).toBe(false);
    const other = await postChat(url, small, { headers: { authorization: `Bearer ${testSecret}-other` } });
    expect(other.headers.get('x-waybill-budget')).toBe('ops');
  });

  it('notes that nothing was counted where a model has no price', async () => {
    const { url, log } = await aGovernedGateway({ budgets: [{ ...team, usd: usd(1) }] });
    expect((await postChat(url, { ...small, model: 'other/unheard-of' })).status).toBe(200);
    expect((await log.next())['outcome.notes']).toEqual(['budget_unpriced']);
  });
});
