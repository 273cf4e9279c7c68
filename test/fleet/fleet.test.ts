import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, startFleet } from './support/a-fleet.ts';
import { aModelServer, type ModelServer } from './support/a-model-server.ts';
import { api, ask, until } from './support/calls.ts';

const secret = 'wb-fleet-0123456789abcdef';
const limitUsd = 10;

let models: ModelServer;
let fleet: Fleet;
beforeAll(async () => {
  models = await aModelServer();
  // $100 a million output tokens: 500 of them, as the model answers, are 5 cents.
  const price = { input: 1, output: 100 };
  fleet = await startFleet(4, {
    config: {
      providers: [
        {
          id: 'local',
          kind: 'openai-compatible',
          base_url: models.url,
          api_key: 'none',
          models: [{ id: 'dear', price_usd_per_million: price }],
        },
      ],
      teams: [{ id: 'search', budget: { usd: limitUsd, window: 'month' } }, { id: 'free' }],
      keys: [
        { id: 'search', team: 'search', secret },
        { id: 'free', team: 'free', secret: `${secret}-free` },
      ],
    },
  });
}, 180_000);
afterAll(async () => {
  await fleet?.close();
  await models?.close();
});

const budgetOf = async (url: string) => {
  const { budgets } = await api(url, 'GET', '/budgets');
  return budgets.find((one: { id: string }) => one.id === 'team:search');
};

describe('four gateways on PostgreSQL and Redis', () => {
  it('are one: what is published on one serves on all', async () => {
    const [first] = fleet.gateways;
    await api(first!.url, 'POST', '/policies', { name: 'Shared', id: 'shared' });
    const draft = await api(first!.url, 'GET', '/policies/shared');
    const policy = {
      ...draft.policy,
      entry: 'only',
      nodes: { only: { kind: 'model', target: 'local/dear' } },
    };
    const saved = await api(first!.url, 'PUT', '/policies/shared', { policy, revision: draft.revision });
    await api(first!.url, 'POST', '/policies/shared/publish', { revision: saved.revision, note: 'For all.' });
    await api(first!.url, 'PUT', '/deployments/auto', { policy: 'shared', version: null });
    for (const { url } of fleet.gateways) {
      const answer = await until(
        () => ask(url, `${secret}-free`, { model: 'auto', max_tokens: 500 }),
        ({ status }) => status === 200,
      );
      expect(answer.version).toBe('1');
    }
    const seen = await until(
      () => api(fleet.url, 'GET', '/records?limit=50'),
      ({ records }) => records.length >= 4,
    );
    expect(seen.records.every((row: Record<string, unknown>) => row['decision.policy'] === 'shared')).toBe(
      true,
    );
  });

  it('show what one of them keeps: texts of a team that opted in, and what-ifs', async () => {
    const [first, second, third] = fleet.gateways;
    await api(first!.url, 'PUT', '/privacy/texts/free', { days: 7 });
    // As long as all others: what is expected of an answer is learned from those before.
    const asked = { model: 'local/dear', max_tokens: 500, user: 'kept' };
    const kept = await until(
      async () => {
        await ask(second!.url, `${secret}-free`, asked);
        const { records } = await api(third!.url, 'GET', '/records?limit=1&user=kept');
        const id = records[0]?.id;
        return api(third!.url, 'GET', `/records/${id}/text`).catch(() => null);
      },
      (text) => text !== null,
    );
    expect(kept.messages).toEqual([{ role: 'user', text: 'How do I get there?' }]);
    const { policy } = await api(first!.url, 'GET', '/policies/shared');
    const made = await api(first!.url, 'POST', '/simulations', { name: 'Again', candidate: { policy } });
    const { simulations } = await api(second!.url, 'GET', '/simulations');
    expect(simulations.map(({ id }: { id: string }) => id)).toEqual([made.id]);
    expect(await api(third!.url, 'GET', `/simulations/${made.id}`)).toEqual(made);
  });

  it('count a limit of a policy together, and each shows the requests of all', async () => {
    const [first, second] = fleet.gateways;
    const policy = {
      format: 1,
      id: 'capped',
      name: 'Capped',
      entry: 'cap',
      nodes: {
        cap: { kind: 'limit', amount: 20, unit: 'requests', window: 'month', within: 'only', over: 'no' },
        only: { kind: 'model', target: 'local/dear' },
        no: { kind: 'refuse', status: 429, code: 'capped', message: 'That was all.' },
      },
    };
    await api(first!.url, 'POST', '/policies', { name: 'Capped', id: 'capped' });
    const draft = await api(first!.url, 'GET', '/policies/capped');
    const saved = await api(first!.url, 'PUT', '/policies/capped', { policy, revision: draft.revision });
    await api(first!.url, 'POST', '/policies/capped/publish', { revision: saved.revision, note: 'Capped.' });
    const askCapped = (url: string) =>
      ask(url, `${secret}-free`, { model: 'policy/capped', max_tokens: 500 });
    const live = await listenToTraffic(second!.url);
    let served = 0;
    for (let turn = 0; turn < 20; turn += 1) served += (await askCapped(first!.url)).status === 200 ? 1 : 0;
    expect(served).toBe(20);
    // What the first has let through is known to the second a moment later.
    await until(
      () => askCapped(second!.url),
      ({ status }) => status === 429,
    );
    await until(
      async () => live.seen('capped'),
      (count) => count >= 20,
    );
    live.close();
  });

  it('hold one budget together: 500 clients, one gateway killed on the way', async () => {
    const killed = fleet.gateways[3];
    let answered = 0;
    const statuses = new Map<number, number>();
    await Promise.all(
      Array.from({ length: 500 }, async () => {
        const { status } = await ask(fleet.url, secret, { model: 'local/dear', max_tokens: 500 });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        answered += 1;
        if (answered === 60) void killed?.end('SIGKILL');
      }),
    );
    expect(statuses.get(200) ?? 0).toBeGreaterThan(100);
    expect(statuses.get(429) ?? 0).toBeGreaterThan(100);
    const [first] = fleet.gateways;
    const left = await budgetOf(first!.url);
    // A call is expected to cost what it costs here, so that what is reserved is never passed.
    expect(left.spentNanoUsd).toBeLessThanOrEqual(limitUsd * 1e9);
    expect(left.spentNanoUsd).toBeGreaterThan(limitUsd * 1e9 * 0.5);

    // Records that the killed process had not written are lost to the log and not to the budget.
    const perCall = 500 * 100_000 + 10 * 1_000;
    const lost = await until(
      async () => (left.spentNanoUsd - (await spentInLog(fleet.url))) / perCall,
      (calls) => calls < 60,
    );
    expect(lost).toBeGreaterThanOrEqual(0);
  }, 180_000);
});

/** The live view of one gateway. */
async function listenToTraffic(url: string) {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/traffic`, { signal: stop.signal });
  let text = '';
  const reading = (async () => {
    for await (const part of response.body ?? []) text += Buffer.from(part).toString('utf8');
  })().catch(() => undefined);
  return {
    seen: (policy: string) => text.split(`"policy":"${policy}"`).length - 1,
    close: () => {
      stop.abort();
      return reading;
    },
  };
}

/** What the records of the team add up to: less than was spent as long as a gateway has some to write. */
async function spentInLog(url: string): Promise<number> {
  const records = await allRecords(url);
  return records.reduce((sum, row) => sum + Number(row['cost.nano_usd'] ?? 0), 0);
}

async function allRecords(url: string): Promise<readonly Record<string, unknown>[]> {
  const records: Record<string, unknown>[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await api(url, 'GET', `/records?limit=500&team=search${query}`);
    records.push(...page.records);
    cursor = page.next;
  }
  return records;
}
