import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPostgres, startPostgres } from '../../server/store/postgres/a-postgres.ts';
import { type RunningRedis, startRedis } from '../../server/store/redis/a-redis.ts';
import { aStallingProxy, type StallingProxy } from './a-stalling-proxy.ts';

/** One gateway of a fleet. */
export interface Gateway {
  readonly url: string;
  /** Everything it said on standard error. */
  said(): string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** PostgreSQL, Redis, gateways as processes of their own, and one port before all of them. */
export interface Fleet {
  readonly gateways: readonly Gateway[];
  /** Spreads connections over the gateways that answer. */
  readonly url: string;
  readonly postgres: RunningPostgres;
  readonly databaseUrl: string;
  /** Holds the config file, and `policies` where it names that. */
  readonly folder: string;
  readonly redis: RunningRedis;
  /** One more gateway, not behind the shared port; its machine's clock may be ahead. */
  join(wishes?: { readonly clockAheadMs?: number }): Promise<Gateway>;
  /** Nothing gets through to PostgreSQL or back, and connections stay, until it is told otherwise. */
  stallPostgres(stalled: boolean): void;
  close(): Promise<void>;
}

/** Starts a fleet with this config file and these policies. */
export async function startFleet(count: number, files: Files): Promise<Fleet> {
  const { stallable = false } = files;
  const folder = writeFiles(files);
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const closeStores = async () => {
    await Promise.all([postgres.close(), redis.close()]);
    rmSync(folder, { recursive: true, force: true });
  };
  const databaseUrl = await postgres.database('fleet');
  const proxied = stallable ? await behindProxy(databaseUrl) : undefined;
  let made = 0;
  const join_ = ({ clockAheadMs = 0 }: { readonly clockAheadMs?: number } = {}) => {
    made += 1;
    const stores = { databaseUrl: proxied?.url ?? databaseUrl, redisUrl: redis.url, clockAheadMs };
    return startGateway(folder, join(folder, `data${made}`), stores);
  };
  // The first makes the tables; the others come at once.
  const gateways = await startAll(count, join_).catch(async (cause: unknown) => {
    await closeStores();
    throw cause;
  });
  const balancer = await balance(gateways.map(({ url }) => url));
  const joined: Gateway[] = [];
  return {
    gateways,
    url: balancer.url,
    postgres,
    databaseUrl,
    folder,
    redis,
    stallPostgres: (stalled) => {
      if (proxied === undefined) throw new Error('This fleet was not started as one that can be stalled.');
      proxied.proxy.stall(stalled);
    },
    join: async (wishes) => {
      const more = await join_(wishes);
      joined.push(more);
      return more;
    },
    close: async () => {
      balancer.close();
      await Promise.all([...gateways, ...joined].map((one) => one.end('SIGKILL')));
      proxied?.proxy.close();
      await closeStores();
    },
  };
}

async function behindProxy(databaseUrl: string): Promise<{ proxy: StallingProxy; url: string }> {
  const url = new URL(databaseUrl);
  const proxy = await aStallingProxy({ port: Number(url.port), host: url.hostname });
  url.port = String(proxy.port);
  url.hostname = '127.0.0.1';
  return { proxy, url: String(url) };
}

interface Files {
  /** Whether `stallPostgres` is wanted: every byte to PostgreSQL goes through this process then. */
  readonly stallable?: boolean;
  readonly config: object;
  readonly policies?: Readonly<Record<string, object>>;
}

/** One gateway with a data folder of its own, for comparison. */
export async function startEmbedded(files: Files): Promise<{ readonly url: string; close(): Promise<void> }> {
  const folder = writeFiles(files);
  const { url, end } = await startGateway(folder, join(folder, 'data'), {});
  return {
    url,
    close: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeFiles({ config, policies = {} }: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-fleet-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  mkdirSync(join(folder, 'policies'));
  for (const [id, policy] of Object.entries(policies))
    writeFileSync(join(folder, 'policies', `${id}.policy.json`), JSON.stringify(policy));
  return folder;
}

async function startAll(count: number, join_: () => Promise<Gateway>): Promise<readonly Gateway[]> {
  const first = await join_();
  return [first, ...(await Promise.all(Array.from({ length: count - 1 }, () => join_())))];
}

/** One for all gateways, as the README says. */
const secretKey = randomBytes(32).toString('base64');

async function startGateway(
  folder: string,
  data: string,
  stores: { readonly databaseUrl?: string; readonly redisUrl?: string; readonly clockAheadMs?: number },
): Promise<Gateway> {
  const { clockAheadMs = 0 } = stores;
  const clock = clockAheadMs === 0 ? [] : ['--import', './test/fleet/support/shifted-clock.ts'];
  const child = spawn(process.execPath, ['--import', 'tsx', ...clock, 'server/cli.ts', 'start', '--json'], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      NODE_ENV: 'production',
      WAYBILL_SANDBOX: 'off',
      WAYBILL_SECRET_KEY: secretKey,
      WAYBILL_DATA: data,
      WAYBILL_CONFIG: join(folder, 'config.json'),
      DATABASE_URL: stores.databaseUrl ?? '',
      REDIS_URL: stores.redisUrl ?? '',
      CLOCK_AHEAD_MS: String(clockAheadMs),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += String(bytes);
  });
  const line = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.once('exit', (code) =>
      reject(new Error(`A gateway ended with ${code} before it listened:\n${said}`)),
    );
    child.stdout.on('data', (bytes) => {
      out += String(bytes);
      if (out.includes('\n')) resolve(out);
    });
  });
  return { url: JSON.parse(line).address, said: () => said, end: (signal) => endOf(child, signal) };
}

function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

/** A balancer of connections, in turn; one whose gateway does not answer goes to the next. */
async function balance(urls: readonly string[]): Promise<{ readonly url: string; close(): void }> {
  let turn = 0;
  const sockets = new Set<Socket>();
  const pass = (client: Socket, tries: number): void => {
    const target = new URL(urls[turn++ % urls.length] ?? '');
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(upstream);
    let connected = false;
    upstream.once('connect', () => {
      connected = true;
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.once('error', () => {
      if (connected || tries >= urls.length) client.destroy();
      else pass(client, tries + 1);
    });
    upstream.once('close', () => {
      sockets.delete(upstream);
      if (connected) client.destroy();
    });
  };
  const server: Server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => sockets.delete(client));
    pass(client, 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
