import type { PoolClient } from 'pg';
import type { Configuration } from '../config-store.ts';
import { ConfigurationShape, deepFreeze } from '../configuration.ts';

/** The configuration as read, and the revision it is of. */
export interface AtRevision {
  readonly state: Configuration;
  readonly revision: number;
}

/** The parts of a configuration: what is written only when it changes. */
type Part = keyof Configuration;

/**
 * Reads what is newer than `known`; everything where nothing is known. `undefined`: there is nothing at all yet.
 *
 * @throws {Error} when what is there is no configuration of this release.
 */
export async function readParts(client: PoolClient, known?: AtRevision): Promise<AtRevision | undefined> {
  const after = known?.revision ?? -1;
  const { rows } = await client.query<{ part: string; revision: string; value: unknown }>(
    'SELECT part, revision, value FROM waybill_configuration WHERE revision > $1',
    [after],
  );
  if (rows.length === 0) return known;
  const revision = rows.reduce((most, row) => Math.max(most, Number(row.revision)), after);
  const read = Object.fromEntries(rows.map(({ part, value }) => [part, value]));
  // The columns are `json`, not `jsonb`: the order of a policy's nodes and ports is kept.
  const parsed = ConfigurationShape.safeParse({ ...known?.state, ...read });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(
      `The configuration in PostgreSQL is not one of this release: ${issue?.path.map(String).join('.')}: ${issue?.message}`,
    );
  }
  return { state: deepFreeze({ ...parsed.data, ...unchanged(parsed.data, read, known) }), revision };
}

/** Parts that were not read stay the same objects, so that what was worked out about them holds. */
function unchanged(
  parsed: Configuration,
  read: Readonly<Record<string, unknown>>,
  known: AtRevision | undefined,
): Partial<Configuration> {
  if (known === undefined) return {};
  const kept = (Object.keys(parsed) as Part[]).filter((part) => !Object.hasOwn(read, part));
  return Object.fromEntries(kept.map((part) => [part, known.state[part]]));
}

/** Writes the parts that differ from `before`, and the new revision. Answers it. */
export async function writeParts(
  client: PoolClient,
  before: AtRevision | undefined,
  next: Configuration,
): Promise<number> {
  const revision = (before?.revision ?? 0) + 1;
  for (const part of Object.keys(next) as Part[]) {
    if (before !== undefined && before.state[part] === next[part]) continue;
    await client.query(
      `INSERT INTO waybill_configuration (part, revision, value) VALUES ($1, $2, $3)
       ON CONFLICT (part) DO UPDATE SET revision = excluded.revision, value = excluded.value`,
      [part, revision, JSON.stringify(next[part])],
    );
  }
  await client.query(
    'INSERT INTO waybill_head (revision) VALUES ($1) ON CONFLICT (one) DO UPDATE SET revision = excluded.revision',
    [revision],
  );
  return revision;
}
