import { type AuditEntry, canonicalJson, noHead } from './audit-entry.ts';
import { type AuditLog, fitsFilter } from './audit-log.ts';
import { sortedNames } from './sorted-names.ts';
import { verifyChain } from './verify-chain.ts';

/** An audit log that forgets everything with the process: for tests, and the plain reference of what the others answer. */
export function makeMemoryAuditLog(): AuditLog {
  const entries: AuditEntry[] = [];
  return {
    head: () => entries.at(-1) ?? noHead,
    find: async (sequence) => entries.find((entry) => entry.sequence === sequence),
    append: async (entry) => {
      entries.push(entry);
    },
    page: async ({ limit, before = Number.POSITIVE_INFINITY, ...filter }) => {
      const found = entries
        .filter((entry) => entry.sequence < before && fitsFilter(entry, filter))
        .sort((left, right) => right.sequence - left.sequence);
      const page = found.slice(0, limit);
      return { entries: page, next: found.length > limit ? (page.at(-1)?.sequence ?? null) : null };
    },
    facets: () => ({
      actors: sortedNames(entries.map(({ actor }) => actor)),
      actions: sortedNames(entries.map(({ action }) => action)),
    }),
    verify: (anchor) => verifyChain(entries.map(canonicalJson), anchor),
    close: async () => undefined,
  };
}
