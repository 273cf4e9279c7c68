import { createHash } from 'node:crypto';
import type { RequestRecord } from '#engine/signals/index.ts';
import { agingColumns, type HeldRecords, newPepper } from '../erasure.ts';

export function heldIn(records: readonly RequestRecord[], key: string): HeldRecords {
  const own = records.filter((record) => record['caller.key'] === key);
  const times = own.map((record) => record['time.at'] ?? 0);
  return {
    records: own.length,
    from: own.length === 0 ? null : Math.min(...times),
    to: own.length === 0 ? null : Math.max(...times),
    withUser: own.filter((record) => (record['caller.user'] ?? '') !== '').length,
    withMetadata: own.filter((record) => Object.keys(record['request.metadata'] ?? {}).length > 0).length,
  };
}

/** In place. Answers how many records the key has. */
export function forgetIn(records: RequestRecord[], key: string): number {
  const pepper = newPepper();
  let found = 0;
  for (const [index, record] of records.entries()) {
    if (record['caller.key'] !== key) continue;
    found += 1;
    const session = createHash('md5')
      .update(`${record['session.id'] ?? ''}${pepper}`)
      .digest('hex')
      .slice(0, 16);
    records[index] = {
      ...record,
      'caller.user': '',
      'request.metadata': {},
      'session.prefix': '',
      'session.prefix_hashes': [],
      'session.id': session,
    };
  }
  return found;
}

/** In place. Answers how many records were emptied. */
export function stripIn(records: RequestRecord[], before: number, whose: 'all' | 'zero' = 'all'): number {
  const nothing = Object.fromEntries(agingColumns.map(({ name }) => [name, null]));
  let stripped = 0;
  for (const [index, record] of records.entries()) {
    if ((record['time.at'] ?? 0) >= before || record['session.id'] === null) continue;
    if (whose === 'zero' && record['caller.retention'] !== 'zero') continue;
    stripped += 1;
    records[index] = Object.assign({}, record, nothing);
  }
  return stripped;
}
