import type { Logger } from 'pino';
import { onTestFinished } from 'vitest';
import { semanticHash } from '#engine/policy/index.ts';
import type { Visit } from '#server/api/visit.ts';
import { makeServer } from '#server/app.ts';
import { type Config, loadConfig } from '#server/config/config.ts';
import { type OpenInstallation, openInstallation } from '#server/start/install.ts';
import type { ConfigStore } from '#server/store/config-store.ts';
import { makeMemoryConfigStore } from '#server/store/memory/make-memory-config-store.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { builtStudio } from '#server/studio.ts';
import { aPolicy, calls } from '../../engine/builders.ts';
import { silent } from '../store/builders.ts';

/** Answer of a call: its status, its JSON, its headers. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests state what they expect of a body.
  readonly body: any;
  readonly headers: Headers;
}

export interface TestServer {
  readonly base: string;
  readonly open: OpenInstallation;
  readonly log: RecordLog;
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answered>;
}

/** The whole server on a free port, with stores in memory; takes only what differs. */
export async function aServer(
  different: {
    readonly config?: Partial<Config>;
    readonly store?: ConfigStore;
    readonly records?: number;
    readonly logger?: Logger;
    /** ms since 1970; the real time unless given. */
    readonly clock?: () => number;
  } = {},
): Promise<TestServer> {
  const { config } = loadConfig({ PORT: '0' });
  const log = makeMemoryRecordLog();
  const open = await openInstallation({ ...config, ...different.config }, different.logger ?? silent, {
    checkResponses: true,
    sampleRecords: different.records ?? 0,
    own: {
      store: different.store ?? makeMemoryConfigStore(),
      log,
      ...(different.clock === undefined ? {} : { clock: different.clock }),
    },
  });
  const { server, stop } = await makeServer(open.installation, builtStudio);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const base = `http://127.0.0.1:${port}`;
  open.listensAt(base);
  onTestFinished(async () => {
    await stop(1_000);
    await open.close();
  });
  return { base, open, log, call: caller(base) };
}

function caller(base: string): TestServer['call'] {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  };
}

/** A policy that calls one target, or refuses. */
export function aDraft(target = 'openai/gpt-5-mini'): ReturnType<typeof aPolicy> {
  return aPolicy({ only: calls(target) }, { id: 'draft', name: 'Draft' });
}

/** A store with `draft` published as version 1 and its alias. */
export async function aStoreWithDraft(): Promise<ConfigStore> {
  const store = makeMemoryConfigStore();
  const policy = aDraft();
  const at = '2026-11-22T00:00:00.000Z';
  await store.update(
    { actor: 'test', action: 'seed', subject: 'draft', before: null, after: null },
    (state) => ({
      ...state,
      policies: [{ id: 'draft', policy, revision: 1, updatedAt: at, updatedBy: 'test' }],
      versions: [
        { policyId: 'draft', version: 1, hash: semanticHash(policy), note: '', author: 'test', at, policy },
      ],
      deployments: [{ alias: 'auto', policyId: 'draft', version: null }],
    }),
  );
  return store;
}

/** Whence a call of a handler comes that no browser made. */
export const aVisit: Visit = {
  entry: { kind: 'open' },
  address: '127.0.0.1',
  device: 'A browser',
  origin: 'http://127.0.0.1',
  knownDevice: undefined,
  keepSession: () => undefined,
  keepDevice: () => undefined,
  setHeader: () => undefined,
};
