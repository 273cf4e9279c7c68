import { AuditEntryShape, type AuditHead, canonicalJson, hashOf, noHead } from './audit-entry.ts';

/** What is wrong at the first place where something is. */
export interface BrokenLink {
  /** The entry that is not what it has to be. */
  readonly sequence: number;
  /** Line of the file, from 1; `null` where it is about lines that are not there. */
  readonly line: number | null;
  readonly kind: 'unreadable' | 'changed' | 'order' | 'missing' | 'cut' | 'unknown';
  readonly message: string;
}

export interface ChainReport {
  readonly ok: boolean;
  /** Entries that were read up to the end or the first break. */
  readonly entries: number;
  readonly head: AuditHead;
  readonly broken: BrokenLink | null;
}

/**
 * Walks a chain line by line and stops at the first break: an entry that was changed, removed, moved, put in, or is no
 * entry. `anchor` is the end as noted elsewhere; without one a tail that was cut cannot be noticed.
 */
export async function verifyChain(
  lines: AsyncIterable<string> | Iterable<string>,
  anchor: AuditHead | null,
): Promise<ChainReport> {
  let head = noHead;
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const read = readLink(text, head, line);
    if (read.kind === 'broken') return { ok: false, entries: head.sequence, head, broken: read.broken };
    head = read.head;
  }
  const broken = anchor === null ? null : compareEnds(head, anchor);
  return { ok: broken === null, entries: head.sequence, head, broken };
}

type ReadLink =
  | { readonly kind: 'read'; readonly head: AuditHead }
  | { readonly kind: 'broken'; readonly broken: BrokenLink };

function readLink(text: string, before: AuditHead, line: number): ReadLink {
  const sequence = before.sequence + 1;
  const broken = (kind: BrokenLink['kind'], message: string): ReadLink => ({
    kind: 'broken',
    broken: { sequence, line, kind, message },
  });
  const entry = entryIn(text);
  if (entry === undefined) return broken('unreadable', `Line ${line} is not an audit entry.`);
  if (entry.hash !== hashOf(entry))
    return broken('changed', `Entry ${entry.sequence} was changed: its text does not have its hash.`);
  // A member that stands twice reads as one and would hide the other.
  if (text !== canonicalJson(entry))
    return broken('changed', `Entry ${entry.sequence} was written anew, not as Waybill writes it.`);
  if (entry.sequence > sequence) {
    const last = entry.sequence - 1;
    const gone = last === sequence ? `Entry ${sequence} is` : `Entries ${sequence} to ${last} are`;
    return broken('missing', `${gone} missing: ${entry.sequence} follows ${before.sequence}.`);
  }
  if (entry.sequence < sequence)
    return broken('order', `Entry ${entry.sequence} stands where ${sequence} has to be.`);
  if (entry.previous !== before.hash)
    return broken('changed', `Entry ${sequence} does not follow entry ${before.sequence}: one was replaced.`);
  return { kind: 'read', head: { sequence, hash: entry.hash } };
}

function entryIn(text: string) {
  try {
    return AuditEntryShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function compareEnds(head: AuditHead, anchor: AuditHead): BrokenLink | null {
  if (head.sequence === anchor.sequence && head.hash === anchor.hash) return null;
  if (head.sequence < anchor.sequence) {
    const sequence = head.sequence + 1;
    const gone =
      sequence === anchor.sequence ? `Entry ${sequence} is` : `Entries ${sequence} to ${anchor.sequence} are`;
    const message = `${gone} missing at the end: the configuration knows of ${anchor.sequence} entries.`;
    return { sequence, line: null, kind: 'cut', message };
  }
  if (head.sequence > anchor.sequence) {
    const sequence = anchor.sequence + 1;
    const message = `Entry ${sequence} is not known to the configuration, which ends at ${anchor.sequence}.`;
    return { sequence, line: sequence, kind: 'unknown', message };
  }
  const message = `Entry ${head.sequence} is not the one that the configuration knows as the last.`;
  return { sequence: head.sequence, line: head.sequence, kind: 'changed', message };
}
