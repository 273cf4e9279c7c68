import { csvLine } from '../../contract/csv.ts';
import { type calls, mayIn, type Principal, teamsWhere } from '../../contract/index.ts';
import type { AuditReader } from '../../governance/audit/anchored-log.ts';
import { type AuditEntry, canonicalJson } from '../../governance/audit/audit-entry.ts';
import type { AuditFilter } from '../../governance/audit/audit-log.ts';
import { sortedNames } from '../../governance/audit/sorted-names.ts';
import type { Handler } from '../handler.ts';
import { requireIn } from '../require-in.ts';

export const listAudit: Handler<typeof calls.listAudit> = async ({ query, principal }, { store }) => {
  const { limit, before, ...filter } = query;
  if (mayIn(principal, 'audit.read', null)) {
    const { entries, next } = await store.audit.page({ ...filter, limit, before });
    const { actors, actions } = store.audit.facets();
    return { entries: [...entries], next, actors: [...actors], actions: [...actions] };
  }
  const seen: AuditEntry[] = [];
  for await (const entry of walk(store.audit, filter, before)) {
    if (mayRead(principal, entry)) seen.push(entry);
    if (seen.length > limit) break;
  }
  const entries = seen.slice(0, limit);
  return {
    entries,
    next: seen.length > limit ? (entries.at(-1)?.sequence ?? null) : null,
    actors: [...sortedNames(entries.map(({ actor }) => actor))],
    actions: [...sortedNames(entries.map(({ action }) => action))],
  };
};

export const verifyAudit: Handler<typeof calls.verifyAudit> = ({ principal }, { store }) => {
  requireIn(principal, 'audit.read', null);
  return store.audit.verify();
};

export const exportAudit: Handler<typeof calls.exportAudit> = async (
  { body: { format, ...filter }, actor, principal },
  { store, clock },
) => {
  const found: AuditEntry[] = [];
  for await (const entry of walk(store.audit, filter)) if (mayRead(principal, entry)) found.push(entry);
  found.reverse();
  await store.update(
    {
      actor,
      action: 'audit.export',
      subject: 'audit',
      before: null,
      after: { format, entries: found.length, ...filter },
    },
    (state) => state,
  );
  const day = new Date(clock()).toISOString().slice(0, 10);
  return {
    fileName: `waybill-audit-${day}.${format}`,
    mediaType: format === 'csv' ? 'text/csv' : 'application/x-ndjson',
    entries: found.length,
    content: format === 'csv' ? asCsv(found) : found.map((entry) => `${canonicalJson(entry)}\n`).join(''),
  };
};

/** All that fit, the newest first, read a page at a time. */
async function* walk(audit: AuditReader, filter: AuditFilter, from?: number): AsyncGenerator<AuditEntry> {
  let before = from;
  while (true) {
    const { entries, next } = await audit.page({ ...filter, limit: 500, before });
    yield* entries;
    if (next === null) return;
    before = next;
  }
}

/** What an entry says of a team is for those who may read that team's; what says nothing is for those who read all. */
function mayRead(principal: Principal, entry: AuditEntry): boolean {
  const teams = teamsWhere(principal, 'audit.read');
  if (teams === null) return true;
  const named = [teamIn(entry.before), teamIn(entry.after)].filter((team) => team !== undefined);
  if (entry.action.startsWith('team.')) named.push(entry.subject);
  return named.length > 0 && named.every((team) => teams.has(team));
}

function teamIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('team' in value && typeof value.team === 'string') return value.team;
  return 'scope' in value ? teamIn(value.scope) : undefined;
}

const columns = [
  'sequence',
  'at',
  'actor',
  'action',
  'subject',
  'reason',
  'address',
  'before',
  'after',
  'previous',
  'hash',
] as const;

function asCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) =>
    columns.map((column) => {
      const value = entry[column];
      if (typeof value === 'number') return value;
      return typeof value === 'string' ? value : value === undefined ? '' : canonicalJson(value);
    }),
  );
  return [columns, ...rows].map(csvLine).join('');
}
