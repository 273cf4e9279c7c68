import { join } from 'node:path';
import type { Low } from 'lowdb';
import { z } from 'zod';
import { type AuditAnchor, noAnchor, reconcile } from '../../governance/audit/anchored-log.ts';
import {
  type AuditDraft,
  type AuditEntry,
  type DatedAudit,
  sealEntry,
} from '../../governance/audit/audit-entry.ts';
import type { AuditLog } from '../../governance/audit/audit-log.ts';
import { openAuditFile } from '../../governance/audit/open-audit-file.ts';
import type { Configuration } from '../config-store.ts';

/** An audit log that goes with the configuration. */
export interface OpenAudit {
  readonly log: AuditLog;
  /** In place of the configuration's own, where that had none or an older one. */
  readonly anchor: { readonly audit: AuditAnchor } | Record<never, never>;
  /** What is to be put on record before anything else. */
  readonly adopt: AuditDraft | null;
}

export const auditFileName = 'audit.jsonl';

/**
 * Opens `<folder>/audit.jsonl` and brings it and the configuration together: entries of earlier releases are moved over,
 * an entry lost between the two files is written, a configuration from a backup goes on behind what the log has.
 */
export async function openAudit(
  folder: string,
  low: Low<unknown>,
  stored: { readonly state: Configuration; readonly kept: readonly DatedAudit[] } | undefined,
  warn: (sentence: string) => void,
): Promise<OpenAudit> {
  const { log, tornBytes } = await openAuditFile(join(folder, auditFileName));
  if (tornBytes > 0) {
    warn(`The audit log had ${tornBytes} bytes of an unfinished last line; they were taken off.`);
  }
  if (stored === undefined) return { log, anchor: {}, adopt: adoptOf(log, noAnchor) };
  if (stored.kept.length > 0) {
    const audit = await moveOver(log, stored.kept);
    low.data = { ...stored.state, audit };
    await low.write();
    return { log, anchor: { audit }, adopt: null };
  }
  const { audit } = stored.state;
  const found = await reconcile(log, audit);
  if (found.kind === 'caught_up')
    warn(`The audit log lacked entry ${found.sequence}, which the configuration had; it was written.`);
  if (found.kind === 'broken') warn(found.message);
  if (found.kind !== 'configuration_older') return { log, anchor: {}, adopt: null };
  warn(
    `The configuration ends at audit entry ${found.from.sequence}, the log at ${found.to.sequence}: it is older, as after going back to a backup. That is put on record.`,
  );
  return { log, anchor: { audit: { ...found.to, last: null } }, adopt: adoptOf(log, audit) };
}

/** A configuration that is older than its log, or new beside one. */
function adoptOf(log: AuditLog, known: AuditAnchor): AuditDraft | null {
  const { sequence, hash } = log.head();
  if (sequence === known.sequence) return null;
  return {
    actor: 'start',
    action: 'configuration.restore',
    subject: 'configuration',
    before: { sequence, hash },
    after: { sequence: known.sequence, hash: known.hash },
  };
}

/** A move that was cut off goes on where it stopped: the same entries have the same hashes. */
async function moveOver(log: AuditLog, kept: readonly DatedAudit[]): Promise<AuditAnchor> {
  let last: AuditEntry | null = null;
  let head: { readonly sequence: number; readonly hash: string } = noAnchor;
  for (const draft of kept) {
    const entry: AuditEntry = sealEntry(head, draft);
    if (entry.sequence > log.head().sequence) await log.append(entry);
    head = entry;
    last = entry;
  }
  return { sequence: head.sequence, hash: head.hash, last };
}

const KeptAudit = z.array(
  z.strictObject({
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  }),
);

/** Parts a configuration of an earlier release from the audit that it holds itself. */
export function takeKeptAudit(value: object): {
  readonly rest: object;
  readonly kept: ReturnType<typeof KeptAudit.safeParse>;
} {
  if (!('audit' in value) || !Array.isArray(value.audit))
    return { rest: value, kept: KeptAudit.safeParse([]) };
  return { rest: { ...value, audit: noAnchor }, kept: KeptAudit.safeParse(value.audit) };
}
