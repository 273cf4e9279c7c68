import type { Pool, PoolClient } from 'pg';
import { StartError } from '../../errors.ts';
import type { AuditEntry } from '../../governance/audit/audit-entry.ts';
import { type ChainReport, verifyChain } from '../../governance/audit/verify-chain.ts';
import type { ConfigStore, Configuration } from '../config-store.ts';
import { allEntries, insertEntry } from './audit-table.ts';
import { type AtRevision, readParts, writeParts } from './configuration-parts.ts';
import { inTransaction, withClient } from './with-client.ts';

/** How a database stands to a configuration that is to be taken over. */
export type Standing =
  /** It is empty, or the same as some changes ago: `after` is the last audit entry that it has. */
  | { readonly kind: 'behind'; readonly after: number }
  | { readonly kind: 'same' }
  /** It was taken over, and has been changed in the database since. */
  | { readonly kind: 'ahead' };

type Source = Pick<ConfigStore, 'read' | 'audit'>;

/** @throws {StartError} when the database holds another installation, or both have been changed since. */
export function standingOf(pool: Pool, source: Source): Promise<Standing> {
  return withClient(pool, async (client) => compare(client, await readParts(client), source));
}

/**
 * Takes over configuration and audit as they are, in one transaction: the same parts, the same entries, the same end of
 * the chain. Answers how many audit entries came along.
 *
 * @throws {StartError} as {@link standingOf}.
 */
export function takeConfiguration(pool: Pool, source: Source): Promise<number> {
  return inTransaction(pool, async (client) => {
    await client.query('LOCK TABLE waybill_head IN EXCLUSIVE MODE');
    const present = await readParts(client);
    const standing = await compare(client, present, source);
    if (standing.kind !== 'behind') return 0;
    const state: Configuration = source.read();
    const entries = await entriesBetween(source, standing.after, state.audit.sequence);
    for (const entry of entries) await insertEntry(client, entry);
    const revision = await writeParts(client, present, state);
    await client.query(`SELECT pg_notify('waybill_configuration', $1)`, [String(revision)]);
    return entries.length;
  });
}

/** Whether the chain in the database holds and ends where the configuration says. */
export function verifyTaken(pool: Pool, state: Configuration): Promise<ChainReport> {
  return verifyChain(allEntries(pool), state.audit);
}

async function compare(
  client: PoolClient,
  present: AtRevision | undefined,
  source: Source,
): Promise<Standing> {
  const { salt, audit } = source.read();
  const there = present?.state;
  if (there === undefined || there.audit.sequence === 0) return { kind: 'behind', after: 0 };
  if (there.salt !== salt)
    throw new StartError(
      `The database holds another installation (${there.policies.length} policies, ${there.keys.length} keys). Name an empty one.`,
    );
  if (there.audit.hash === audit.hash) return { kind: 'same' };
  if (there.audit.sequence < audit.sequence) {
    const [known] = await entriesBetween(source, there.audit.sequence - 1, there.audit.sequence);
    if (known?.hash === there.audit.hash) return { kind: 'behind', after: there.audit.sequence };
  } else if (await hasEntry(client, audit)) return { kind: 'ahead' };
  throw new StartError(
    'The database and the data folder have both been changed since the move began. Empty the database and move again, or go on with the database.',
  );
}

async function hasEntry(
  client: PoolClient,
  { sequence, hash }: { readonly sequence: number; readonly hash: string },
): Promise<boolean> {
  const { rows } = await client.query<{ hash: string }>(
    `SELECT entry::json ->> 'hash' AS hash FROM waybill_audit WHERE sequence = $1`,
    [sequence],
  );
  return rows[0]?.hash === hash;
}

/** Entries behind `after`, up to `last`, oldest first. */
async function entriesBetween(source: Source, after: number, last: number): Promise<readonly AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (let before = last + 1; before > after + 1; ) {
    const page = await source.audit.page({ limit: 1_000, before });
    found.push(...page.entries.filter(({ sequence }) => sequence > after));
    const lowest = page.entries.at(-1)?.sequence;
    if (lowest === undefined) break;
    before = lowest;
  }
  return found.reverse();
}
