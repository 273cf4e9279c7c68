import type { AuditEntry, AuditHead } from './audit-entry.ts';
import type { ChainReport } from './verify-chain.ts';

/** Which entries; what is left out is not asked. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  /** The whole action, or with a dot at its end everything of a kind: `key.`. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** ISO 8601; from included, to excluded. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface AuditQuery extends AuditFilter {
  readonly limit: number;
  /** Entries below this sequence only. */
  readonly before?: number | undefined;
}

/** Entries, newest first. `next`: what to ask `before` for those that follow; `null` at the end. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

/** The chain as it is kept. Nothing is ever changed or removed; entries are made by `sealEntry`. */
export interface AuditLog {
  /** The last entry that can be read. */
  head(): AuditHead;
  /** The entry with this sequence, if it can be read. */
  find(sequence: number): Promise<AuditEntry | undefined>;
  /** On disk when it resolves. */
  append(entry: AuditEntry): Promise<void>;
  page(query: AuditQuery): Promise<AuditPage>;
  /** Names of actors and actions that occur, in order. */
  facets(): { readonly actors: readonly string[]; readonly actions: readonly string[] };
  /** Walks the whole chain and holds its end to `anchor`. */
  verify(anchor: AuditHead): Promise<ChainReport>;
  close(): Promise<void>;
}

/** Whether an entry is asked for. */
export function fitsFilter(
  entry: Pick<AuditEntry, 'at' | 'actor' | 'action' | 'subject'>,
  { actor, action, subject, from, to }: AuditFilter,
): boolean {
  return (
    (actor === undefined || entry.actor === actor) &&
    (action === undefined ||
      (action.endsWith('.') ? entry.action.startsWith(action) : entry.action === action)) &&
    (subject === undefined || entry.subject === subject) &&
    (from === undefined || Date.parse(entry.at) >= Date.parse(from)) &&
    (to === undefined || Date.parse(entry.at) < Date.parse(to))
  );
}
