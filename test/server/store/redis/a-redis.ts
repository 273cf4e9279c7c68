import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { fixedPort } from '../../support/fixed-port.ts';

/** A Redis server of a test's own. */
export interface RunningRedis {
  readonly url: string;
  readonly client: Redis;
  /** Ends the server at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Where Debian puts it, or `REDIS_SERVER`. Says how to get it when it is nowhere. */
function serverPath(): string {
  const path = process.env.REDIS_SERVER ?? '/usr/bin/redis-server';
  if (existsSync(path)) return path;
  throw new Error(
    `There is no Redis at ${path}. Install one: apt-get install -y redis-server (or set REDIS_SERVER).`,
  );
}

/** Starts Redis on a free port of this machine, with nothing on disk. */
export async function startRedis(): Promise<RunningRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-redis-'));
  const port = await fixedPort();
  let server = await begin(port, folder);
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    kill: () => end(server, 'SIGKILL'),
    restart: async () => {
      server = await begin(port, folder);
    },
    close: async () => {
      client.disconnect();
      await end(server, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function begin(port: number, folder: string): Promise<ChildProcess> {
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ];
  const server = spawn(serverPath(), settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let seen = '';
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Redis ended with ${code}: ${seen}`)));
    server.stdout?.on('data', (bytes: Buffer) => {
      seen += bytes.toString();
      if (seen.includes('Ready to accept connections')) resolve(server);
    });
  });
}

function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill(signal);
  });
}
