import { hash } from 'node:crypto';
import { z } from 'zod';

/** What somebody did, as it is handed in. `before` and `after` are what changed, without secrets. */
export interface AuditDraft {
  readonly actor: string;
  /** `policy.publish`, `key.create`, … */
  readonly action: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Why, in the actor's words. */
  readonly reason?: string | undefined;
  /** Where the actor called from. */
  readonly address?: string | undefined;
}

/** What somebody did and when, ISO 8601, before it has a place in the chain. */
export type DatedAudit = AuditDraft & { readonly at: string };

/** One link of the chain. */
export const AuditEntryShape = z.strictObject({
  /** From 1, without gaps. */
  sequence: z.number().int().min(1),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().optional(),
  address: z.string().optional(),
  /** The hash of the entry before; zeros for the first. */
  previous: z.string().length(64),
  /** SHA-256, hex, over the canonical JSON of everything else here. */
  hash: z.string().length(64),
});
export type AuditEntry = Readonly<z.output<typeof AuditEntryShape>>;

/** The end of a chain. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

export const noHead: AuditHead = Object.freeze({ sequence: 0, hash: '0'.repeat(64) });

/** Gives an entry its place behind `head`. */
export function sealEntry(head: AuditHead, draft: DatedAudit): AuditEntry {
  const { at, actor, action, subject, reason, address } = draft;
  const open = {
    sequence: head.sequence + 1,
    at,
    actor,
    action,
    subject,
    before: plain(draft.before),
    after: plain(draft.after),
    ...(reason === undefined || reason === '' ? {} : { reason }),
    ...(address === undefined || address === '' ? {} : { address }),
    previous: head.hash,
  };
  return { ...open, hash: hashOf(open) };
}

/** The hash an entry has to have. */
export function hashOf(entry: Omit<AuditEntry, 'hash'> & { readonly hash?: string }): string {
  const { hash: _, ...open } = entry;
  return hash('sha256', canonicalJson(open));
}

/** The one way to write a value as JSON: keys in order, no blanks. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** As it will read back: no `undefined`, no dates, nothing shared. */
function plain(value: unknown): unknown {
  return value === undefined || value === null ? null : JSON.parse(JSON.stringify(value));
}
