import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import { type Fleet, startFleet } from './a-fleet.ts';
import { aModelServer, type ModelServer } from './a-model-server.ts';
import { api, ask, until } from './calls.ts';
import { numbered, publish } from './publishing.ts';
import { type Traffic, traffic } from './traffic.ts';

export const free = 'wb-publishing-free-0123456789';
export const tight = 'wb-publishing-tight-0123456789';
export const rated = 'wb-publishing-rated-0123456789';

/** Two gateways that serve one policy, and what a test of them needs. */
interface Here {
  readonly models: ModelServer;
  readonly fleet: Fleet;
  readonly pool: pg.Pool;
  /** The version that serves. */
  newest: number;
}
let started: Here | undefined;

export function here(): Here {
  if (started === undefined) throw new Error('The fleet has not been started.');
  return started;
}

export async function start(): Promise<void> {
  const models = await aModelServer(5);
  const priced = (id: string) => ({ id, price_usd_per_million: { input: 1, output: 10 } });
  const fleet = await startFleet(2, {
    stallable: true,
    config: {
      policies: 'policies',
      providers: [
        {
          id: 'local',
          kind: 'openai-compatible',
          base_url: models.url,
          api_key: 'none',
          models: ['cheap', 'slow', 'broken'].map(priced),
        },
      ],
      teams: [{ id: 'free' }, { id: 'tight', budget: { usd: 0.0015, window: 'hour' } }, { id: 'rated' }],
      keys: [
        { id: 'free', team: 'free', secret: free },
        { id: 'tight', team: 'tight', secret: tight },
        { id: 'rated', team: 'rated', secret: rated, rpm: 3 },
      ],
    },
  });
  const pool = new pg.Pool({ connectionString: fleet.databaseUrl, max: 2 });
  started = { models, fleet, pool, newest: 0 };
  started.newest = await publish(urlOf(0), 'main', numbered('local/cheap', 1));
  await api(urlOf(0), 'PUT', '/deployments/auto', { policy: 'main', version: null });
  await Promise.all(fleet.gateways.map(({ url }) => serves(url, here().newest)));
}

export async function stop(): Promise<void> {
  await started?.pool.end();
  await started?.fleet.close();
  await started?.models.close();
}

export const urlOf = (index: number) => here().fleet.gateways[index]?.url ?? '';
export const body = { model: 'auto', max_tokens: 10 };

/** Answers once a gateway serves this version. */
export function serves(url: string, version: number) {
  return until(
    () => ask(url, free, body),
    (answer) => answer.status === 200 && answer.version === String(version),
  );
}

/** A client at each of the two gateways; whatever else happens, they are answered. */
export function everywhere(asked: object = body): { stop(): Promise<void> } & Pick<Traffic, 'more'> {
  const clients = here().fleet.gateways.map(({ url }) => traffic(url, free, asked));
  onTestFinished(async () => void (await Promise.all(clients.map((client) => client.stop()))));
  return {
    more: async (count) => void (await Promise.all(clients.map((client) => client.more(count)))),
    stop: async () => {
      const answers = (await Promise.all(clients.map((client) => client.stop()))).flat();
      expect(answers.filter((answer) => !answer.startsWith('200 '))).toEqual([]);
    },
  };
}

/** Holds what every change has to take, until it is let go. */
export async function holdChanges() {
  const client = await here().pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM waybill_head FOR UPDATE');
  const letGo = async () => {
    await client.query('ROLLBACK');
    client.release();
  };
  const someoneWaits = () =>
    until(
      async () => {
        const { rows } = await here().pool.query(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
        );
        return rows[0].waiting;
      },
      (waiting) => waiting > 0,
    );
  return { letGo, someoneWaits };
}

export const readiness = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  const { ready, problems } = (await response.json()) as { ready: boolean; problems: string[] };
  return { status: response.status, ready, told: problems.join('\n') };
};
