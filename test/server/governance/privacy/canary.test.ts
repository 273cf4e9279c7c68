import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it, onTestFinished } from 'vitest';
import { calls } from '#server/contract/index.ts';
import { aFolder } from '../../store/builders.ts';
import { aCanary, searchFolder } from './canary.ts';
import { policies, secret, writeInstallation } from './canary-installation.ts';
import { brokenRequests, type Planted, plantedQuestions, plantedRequests } from './canary-requests.ts';
import { aTalkativeUpstream } from './canary-upstream.ts';

interface Running {
  readonly base: string;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** Everything it has written. */
  readonly written: () => Buffer;
}

function run(environment: Readonly<Record<string, string>>): Promise<Running> {
  const program = 'test/server/governance/privacy/canary-process.ts';
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const chunks: Buffer[] = [];
  const written = () => Buffer.concat(chunks);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(`It ended at once: ${written()}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const base = /listens at (\S+)/.exec(written().toString())?.[1];
      if (base !== undefined) resolve({ base, child, ended, written });
    });
  });
}

function post(
  base: string,
  { path, body }: { readonly path: string; readonly body: object | string },
  headers = {},
) {
  return fetch(base + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Every call of the API that reads and needs nothing but itself, and every record on its own. */
async function readEverything(base: string): Promise<readonly (readonly [string, Buffer])[]> {
  const read = async (path: string) =>
    [path, Buffer.from(await (await fetch(base + path)).arrayBuffer())] as const;
  const paths = Object.values(calls)
    .filter(({ method, path }) => method === 'GET' && !path.includes(':'))
    .map(({ path }) => path);
  const answers = await Promise.all(
    [...paths, '/api/records?limit=500', '/metrics', '/api/openapi.json'].map(read),
  );
  const [, page] = await read('/api/records?limit=500');
  const { records } = JSON.parse(page.toString()) as { readonly records: readonly { readonly id: string }[] };
  expect(records.length).toBeGreaterThan(150);
  const each = await Promise.all(records.slice(0, 60).map(({ id }) => read(`/api/records/${id}`)));
  return [...answers, ...each];
}

/** All rows of all tables of the log, as text: the file itself may be packed. */
async function dumpTables(path: string): Promise<Buffer> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const tables = (
    await connection.runAndReadAll('SELECT table_name FROM information_schema.tables')
  ).getRows();
  let text = '';
  for (const [name] of tables) {
    const rows = (await connection.runAndReadAll(`SELECT * FROM "${String(name)}"`)).getRowsJson();
    text += JSON.stringify(rows);
  }
  connection.closeSync();
  instance.closeSync();
  return Buffer.from(text);
}

it('keeps no text of anybody’s: not on disk, not in the log, not in the API, whatever is asked and whatever goes wrong', {
  timeout: 180_000,
}, async () => {
  const canary = aCanary();
  const folder = aFolder();
  const upstream = await aTalkativeUpstream(canary);
  const environment = writeInstallation(folder, upstream.url);
  const { base, child, ended, written } = await run(environment);
  const traffic: Buffer[] = [];
  const stream = await fetch(`${base}/api/traffic`);
  const listening = (async () => {
    for await (const chunk of stream.body ?? []) traffic.push(Buffer.from(chunk));
  })().catch(() => {});

  const models = [
    ...Object.keys(policies('')),
    'openai/gpt-5-mini',
    'anthropic/claude-sonnet-5',
    'google/gemini-3-flash',
    'openai/x-failing',
    'anthropic/x-failing',
    'google/x-failing',
    'openai/x-broken',
    'anthropic/x-broken',
    'google/x-broken',
    'anthropic/x-page',
    'openai/x-babble',
    'google/x-babble',
  ];
  const headers = {
    'user-agent': `tests (${canary.text('agent').replaceAll(/[^\x20-\x7e]/g, '')})`,
    'anthropic-beta': `x ${encodeURIComponent(canary.text('flag'))}`,
    'x-note': encodeURIComponent(canary.text('header')),
    'x-waybill-user': encodeURIComponent(canary.text('user')),
    'x-waybill-session': encodeURIComponent(canary.text('session')),
    cookie: `note=${encodeURIComponent(canary.text('cookie'))}`,
  };
  const ask = async (planted: Planted | { readonly path: string; readonly body: string }, more = headers) =>
    Buffer.from(await (await post(base, planted, more)).arrayBuffer().catch(() => new ArrayBuffer(0)));
  let heard = 0;
  for (const model of models) {
    const all = [...plantedRequests(model, canary), ...plantedQuestions(model, canary)];
    const answers = await Promise.all(all.map((planted) => ask(planted)));
    heard += answers.filter((answer) => canary.findIn(answer).length > 0).length;
  }
  for (const broken of brokenRequests(canary)) await ask(broken);
  await ask({ path: '/v1/chat/completions', body: canary.text('no key') }, {
    ...headers,
    authorization: `Bearer ${encodeURIComponent(canary.text('key'))}`,
  } as never);
  // Who tries something out in the studio leaves nothing either.
  const api = (path: string, body: object) => post(base, { path, body }, { authorization: '' });
  const labels = { a: ['one two'], b: ['three four'] };
  expect(
    (
      await api('/api/classifiers/try', {
        classifier: { kind: 'examples', labels },
        texts: [canary.text('bench')],
      })
    ).status,
  ).toBe(200);
  const tried = { dialect: 'openai-chat', body: plantedRequests('judged', canary)[0]?.body };
  expect((await api('/api/decide', { policy: { id: 'judged' }, request: tried })).status).toBe(200);
  const simulated = await api('/api/simulate', { candidate: { id: 'judged' } });
  expect(simulated.status).toBe(200);
  expect(canary.findIn(Buffer.from(await simulated.arrayBuffer()))).toEqual([]);
  expect((await api('/api/policies', { name: 7, note: canary.text('wrong') })).status).toBe(400);
  // One that is running when the process is killed, and a client that leaves.
  const leaving = new AbortController();
  const left = fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    signal: leaving.signal,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'openai/x-hangs',
      messages: [{ role: 'user', content: canary.text('left') }],
    }),
  }).catch(() => {});
  const before = upstream.seen.length;
  post(base, { path: '/v1/messages', body: { ...plantedRequests('openai/x-hangs', canary)[2]?.body } }).catch(
    () => {},
  );
  await expect.poll(() => upstream.seen.length).toBeGreaterThan(before);
  leaving.abort();
  await left;

  // The canaries did get where they belong, and a name that a client may give is kept: the search can find something.
  await ask(
    {
      path: '/v1/chat/completions',
      body: JSON.stringify({
        model: 'openai/gpt-5-mini',
        user: 'mark-7431',
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    },
    {} as never,
  );
  expect(heard).toBeGreaterThan(80);
  expect(
    upstream.seen.filter(({ body }) => canary.findIn(Buffer.from(body)).length > 0).length,
  ).toBeGreaterThan(150);
  const answers = await readEverything(base);
  expect(answers.some(([, answer]) => answer.includes('mark-7431'))).toBe(true);
  const inAnswers = answers.flatMap(([path, answer]) => canary.findIn(answer).map((one) => `${path} ${one}`));
  expect(inAnswers).toEqual([]);
  child.kill('SIGKILL');
  await Promise.all([ended, listening]);
  expect(traffic.length).toBeGreaterThan(10);
  expect(canary.findIn(Buffer.concat(traffic))).toEqual([]);
  expect(searchFolder(folder, canary)).toEqual([]);

  // What a killed process left behind is taken in by the next one, and lies in the tables after a stop in good order.
  const second = await run(environment);
  second.child.kill('SIGTERM');
  await second.ended;
  expect(searchFolder(folder, canary)).toEqual([]);
  const tables = await dumpTables(join(folder, 'data', 'records.duckdb'));
  expect(tables.includes('mark-7431')).toBe(true);
  expect(canary.findIn(tables)).toEqual([]);
  for (const said of [written(), second.written()]) expect(canary.findIn(said)).toEqual([]);
  expect(written().toString()).toContain('a classifier did not answer');
  expect(written().toString()).toContain('a judge did not give a label');
});
