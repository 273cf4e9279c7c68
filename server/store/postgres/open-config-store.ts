import { randomBytes } from 'node:crypto';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Logger } from 'pino';
import { ApiFailure, messageOf } from '../../errors.ts';
import { sortedNames } from '../../governance/audit/sorted-names.ts';
import { verifyChain } from '../../governance/audit/verify-chain.ts';
import type { ConfigStore, Configuration } from '../config-store.ts';
import { applyChange, deepFreeze, emptyConfiguration } from '../configuration.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { allEntries, insertEntry, namesIn, pageOf } from './audit-table.ts';
import { type AtRevision, readParts, writeParts } from './configuration-parts.ts';
import { listen } from './listen.ts';
import { inTransaction, withClient } from './with-client.ts';

const channel = 'waybill_configuration';
/** A notice may be lost with a connection: what changed is seen after so long at the latest, ms. */
const askAgainMs = 5_000;
/** A change waits so long for the changes of others. */
const lockPatience = '5s';

/** A configuration that others change too. */
export interface PostgresConfigStore extends ConfigStore {
  /** Why what others changed is not known here, and since when (ms since 1970); `null`: it is. */
  behind(): { readonly since: number; readonly reason: string } | null;
}

/**
 * The configuration in PostgreSQL, shared by many processes. A change and its audit entry are one transaction that holds
 * the head's lock, so changes of all gateways come one after the other; every gateway is told and reads the parts that
 * changed. While PostgreSQL is away the last state goes on being served and changes are refused. Reading anew never waits
 * for a change.
 */
export async function openPostgresConfigStore(options: {
  readonly url: string;
  readonly pool: Pool;
  readonly logger: Pick<Logger, 'warn'>;
  readonly clock?: () => number;
}): Promise<PostgresConfigStore> {
  const { url, pool, logger, clock = Date.now } = options;
  const listeners = new Set<(state: Configuration) => void>();
  const inTurn = oneAtATime();
  const reading = oneAtATime();
  let known = await inTransaction(pool, loadOrStart);
  let names = await namesIn(pool);
  let closed = false;
  let behind: { readonly since: number; readonly reason: string } | null = null;

  function adopt(next: AtRevision): void {
    if (next.revision <= known.revision) return;
    known = next;
    const { last } = next.state.audit;
    if (last !== null)
      names = { actors: [...names.actors, last.actor], actions: [...names.actions, last.action] };
    for (const listener of listeners) listener(next.state);
  }

  const refresh = () =>
    reading(async () => {
      if (closed) return;
      const read = await withClient(pool, (client) => readParts(client, known));
      if (read !== undefined) adopt(read);
      behind = null;
    }).catch((cause: unknown) => {
      behind = { since: behind?.since ?? clock(), reason: messageOf(cause) };
      logger.warn({ err: cause }, 'the configuration cannot be read anew');
    });

  const listening = listen(url, channel, () => void refresh(), logger);
  const timer = setInterval(() => void refresh(), askAgainMs);
  timer.unref();

  return {
    read: () => known.state,
    behind: () => behind,
    update: (audit, change) =>
      inTurn(async () => {
        if (closed) throw new Error('The configuration store is closed.');
        const at = new Date(clock()).toISOString();
        const changing = inTransaction(pool, async (client): Promise<AtRevision> => {
          await client.query(`SET LOCAL lock_timeout = '${lockPatience}'`);
          await client.query('SELECT revision FROM waybill_head FOR UPDATE');
          const present = (await readParts(client, known)) ?? known;
          const state = applyChange(present.state, { ...audit, at }, change);
          if (state.audit.last !== null) await insertEntry(client, state.audit.last);
          const revision = await writeParts(client, present, state);
          await client.query(`SELECT pg_notify('${channel}', $1)`, [String(revision)]);
          return { state, revision };
        });
        const next = await orDown(pool, changing);
        adopt(next);
        return next.state;
      }),
    note: (change) =>
      inTurn(async () => {
        if (closed) return;
        const noting = inTransaction(pool, async (client): Promise<AtRevision> => {
          await client.query(`SET LOCAL lock_timeout = '${lockPatience}'`);
          await client.query('SELECT revision FROM waybill_head FOR UPDATE');
          const present = (await readParts(client, known)) ?? known;
          const state = deepFreeze(change(present.state));
          const revision = await writeParts(client, present, state);
          await client.query(`SELECT pg_notify('${channel}', $1)`, [String(revision)]);
          return { state, revision };
        });
        adopt(await orDown(pool, noting));
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    audit: {
      page: (query) => pageOf(pool, query),
      facets: () => ({ actors: sortedNames(names.actors), actions: sortedNames(names.actions) }),
      verify: async () => {
        await refresh();
        return verifyChain(allEntries(pool), known.state.audit);
      },
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      listeners.clear();
      await listening.close();
      await Promise.all([inTurn(nothing), reading(nothing)]);
    },
  };
}

const nothing = async (): Promise<void> => undefined;

/** The first process makes the configuration; those that start at the same time wait for it and read it. */
async function loadOrStart(client: PoolClient): Promise<AtRevision> {
  await client.query('LOCK TABLE waybill_head IN EXCLUSIVE MODE');
  const read = await readParts(client);
  if (read !== undefined) return read;
  const state = emptyConfiguration(randomBytes(16).toString('hex'));
  return { state, revision: await writeParts(client, undefined, state) };
}

/** @throws {ApiFailure} `store_down` when PostgreSQL cannot be reached; whatever else went wrong. */
async function orDown<T>(pool: Pool, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    // 55P03: another change, or somebody in the database, holds what this one needs.
    if (cause instanceof DatabaseError && cause.code === '55P03')
      throw new ApiFailure(
        503,
        'store_down',
        'PostgreSQL is busy with another change for more than 5 s, so this one was not made. Try again.',
      );
    const up = await pool.query('SELECT 1').then(
      () => true,
      () => false,
    );
    if (up || cause instanceof ApiFailure) throw cause;
    throw new ApiFailure(
      503,
      'store_down',
      `PostgreSQL cannot be reached (${messageOf(cause)}), so nothing can be changed now. What is published goes on serving.`,
    );
  }
}
