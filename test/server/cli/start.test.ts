import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../store/builders.ts';

interface Started {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
  /** The line of JSON that `start --json` prints once it listens. */
  readonly greeting: Promise<{ readonly address: string; readonly first_key: string | null }>;
}

/** `waybill start --json` from the sources, as a process of its own. */
function start(environment: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli.ts', 'start', '--json'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const greeting = new Promise<Awaited<Started['greeting']>>((resolve) => {
    child.stdout.on('data', (data) => {
      out += data;
      if (out.includes('\n')) resolve(JSON.parse(out.split('\n')[0] ?? ''));
    });
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, out: () => out, err: () => err, ended, greeting };
}

const ask = { model: 'sandbox/echo', messages: [{ role: 'user', content: 'Hi' }] };

describe('waybill start', () => {
  it('serves, records, stops in good order at a signal, and knows everything after a restart', async () => {
    const environment = { WAYBILL_DATA: join(aFolder(), 'data'), WAYBILL_SANDBOX: 'off' };
    const first = start(environment);
    const { address, first_key: key } = await first.greeting;
    const answer = await fetch(`${address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(ask),
    });
    const id = answer.headers.get('x-waybill-request-id');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const second = start(environment);
    const restarted = await second.greeting;
    expect(restarted.first_key).toBeNull();
    const { records } = await (await fetch(`${restarted.address}/api/records`)).json();
    expect(records.map((record: { id: string }) => record.id)).toEqual([id]);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
  });

  it('stops with one sentence when a setting is bad', async () => {
    const { ended, err, out } = start({ PORT: 'none', WAYBILL_DATA: aFolder() });
    expect(await ended).toBe(1);
    expect(err()).toBe('PORT is "none". It must be a whole number from 0 to 65535, such as 4800.\n');
    expect(out()).toBe('');
  });

  it('stops with one sentence when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    onTestFinished(() => {
      other.close();
    });
    const { port } = other.address() as AddressInfo;
    const { ended, err } = start({ PORT: String(port), WAYBILL_DATA: aFolder(), WAYBILL_SANDBOX: 'off' });
    expect(await ended).toBe(1);
    expect(err()).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. Stop that, or set PORT to another number (0 takes any free one).\n`,
    );
  });

  it('stops with one sentence when another process has the data', async () => {
    const environment = { WAYBILL_DATA: aFolder(), WAYBILL_SANDBOX: 'off' };
    const first = start(environment);
    await first.greeting;
    const second = start(environment);
    expect(await second.ended).toBe(1);
    expect(second.err()).toBe(
      `The data folder ${environment.WAYBILL_DATA} is in use by process ${first.child.pid}. Stop it first, or set WAYBILL_DATA to another folder.\n`,
    );
  });
});
