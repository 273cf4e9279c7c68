import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AuditHead, noHead, sealEntry } from '#server/governance/audit/audit-entry.ts';
import type { AuditLog } from '#server/governance/audit/audit-log.ts';
import { makeMemoryAuditLog } from '#server/governance/audit/make-memory-audit-log.ts';
import { openAuditFile } from '#server/governance/audit/open-audit-file.ts';
import { aFolder } from '../../store/builders.ts';

const logs: Readonly<Record<string, () => Promise<AuditLog>>> = {
  memory: async () => makeMemoryAuditLog(),
  'a file': async () => (await openAuditFile(join(aFolder(), 'audit.jsonl'))).log,
};

const hour = 3_600_000;
const changes = [
  ['ann', 'key.create', 'ci'],
  ['bob', 'policy.publish', 'support'],
  ['ann', 'key.revoke', 'ci'],
  ['ann', 'team.create', 'search'],
] as const;

describe.each(Object.entries(logs))('the audit log in %s', (_name, open) => {
  async function aFilledLog(): Promise<AuditLog> {
    const log = await open();
    onTestFinished(() => log.close());
    let head: AuditHead = noHead;
    for (const [index, [actor, action, subject]] of changes.entries()) {
      const at = new Date(Date.UTC(2026, 0, 1) + index * hour).toISOString();
      const entry = sealEntry(head, {
        at,
        actor,
        action,
        subject,
        before: null,
        after: { n: index, ü: '…' },
      });
      await log.append(entry);
      head = entry;
    }
    return log;
  }
  const sequences = async (log: AuditLog, query: object) =>
    (await log.page({ limit: 10, ...query })).entries.map(({ sequence }) => sequence);

  it('answers the newest first, a page at a time', async () => {
    const log = await aFilledLog();
    const first = await log.page({ limit: 3 });
    expect(first.entries.map(({ sequence }) => sequence)).toEqual([4, 3, 2]);
    expect(first.next).toBe(2);
    expect(await log.page({ limit: 3, before: 2 })).toMatchObject({ entries: [{ sequence: 1 }], next: null });
  });

  it('is asked by actor, action, kind of action, subject and time', async () => {
    const log = await aFilledLog();
    expect(await sequences(log, { actor: 'bob' })).toEqual([2]);
    expect(await sequences(log, { action: 'key.revoke' })).toEqual([3]);
    expect(await sequences(log, { action: 'key.' })).toEqual([3, 1]);
    expect(await sequences(log, { subject: 'ci', actor: 'ann' })).toEqual([3, 1]);
    expect(await sequences(log, { from: '2026-01-01T01:00:00Z', to: '2026-01-01T03:00:00Z' })).toEqual([
      3, 2,
    ]);
  });

  it('gives back what was put in, and knows its end and its names', async () => {
    const log = await aFilledLog();
    const entry = await log.find(2);
    expect(entry).toMatchObject({ actor: 'bob', after: { n: 1, ü: '…' } });
    expect(log.head().sequence).toBe(4);
    expect(log.facets()).toEqual({
      actors: ['ann', 'bob'],
      actions: ['key.create', 'key.revoke', 'policy.publish', 'team.create'],
    });
  });

  it('verifies, and notices an end that is not the one known', async () => {
    const log = await aFilledLog();
    expect(await log.verify(log.head())).toMatchObject({ ok: true, entries: 4, broken: null });
    expect(await log.verify({ sequence: 6, hash: 'f'.repeat(64) })).toMatchObject({
      ok: false,
      broken: { sequence: 5, kind: 'cut' },
    });
    expect(await log.verify({ sequence: 3, hash: (await log.find(3))!.hash })).toMatchObject({
      broken: { sequence: 4, kind: 'unknown' },
    });
    expect(await log.verify({ sequence: 4, hash: 'f'.repeat(64) })).toMatchObject({
      broken: { sequence: 4, kind: 'changed' },
    });
  });
});
