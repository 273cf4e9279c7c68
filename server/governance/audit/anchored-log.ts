import { messageOf } from '../../errors.ts';
import { type AuditEntry, type AuditHead, noHead } from './audit-entry.ts';
import type { AuditLog, AuditPage, AuditQuery } from './audit-log.ts';
import type { ChainReport } from './verify-chain.ts';

/**
 * What the configuration keeps of the audit: the end of the chain, so that a tail that is cut is noticed, and its last
 * entry, which is saved with the change it tells of and goes to the log afterwards.
 */
export interface AuditAnchor extends AuditHead {
  readonly last: AuditEntry | null;
}

export const noAnchor: AuditAnchor = Object.freeze({ ...noHead, last: null });

/** What anybody may ask of the audit. Writing goes through `ConfigStore.update` alone. */
export interface AuditReader {
  page(query: AuditQuery): Promise<AuditPage>;
  facets: AuditLog['facets'];
  verify(): Promise<ChainReport>;
}

/** How log and configuration stood to each other at the start, and what was done. */
export type Reconciled =
  | { readonly kind: 'same' }
  /** The log did not have the configuration's last entry: a crash between the two. It does now. */
  | { readonly kind: 'caught_up'; readonly sequence: number }
  /** The configuration is older than the log: somebody went back to a backup. */
  | { readonly kind: 'configuration_older'; readonly from: AuditHead; readonly to: AuditHead }
  /** The log lacks entries or is another one. Nothing mends that; `verify` names the place. */
  | { readonly kind: 'broken'; readonly message: string };

/** Brings log and configuration together at the start. */
export async function reconcile(log: AuditLog, anchor: AuditAnchor): Promise<Reconciled> {
  const head = log.head();
  if (head.sequence === anchor.sequence && head.hash === anchor.hash) return { kind: 'same' };
  const { last } = anchor;
  if (last !== null && last.previous === head.hash && last.sequence === head.sequence + 1) {
    await log.append(last);
    return { kind: 'caught_up', sequence: last.sequence };
  }
  const known = anchor.sequence === 0 ? noHead : await log.find(anchor.sequence);
  if (head.sequence > anchor.sequence && known?.hash === anchor.hash) {
    const from = { sequence: anchor.sequence, hash: anchor.hash };
    return { kind: 'configuration_older', from, to: head };
  }
  // The evidence there is stays: the chain goes on behind what the configuration knows, and the gap shows.
  if (last !== null && last.sequence > head.sequence) await log.append(last);
  const message = `The audit log ends at entry ${head.sequence}, the configuration knows of ${anchor.sequence}: entries were removed or replaced. "waybill audit verify" names the first.`;
  return { kind: 'broken', message };
}

/**
 * The log behind a configuration. `catchUp` writes what the configuration has and the log has not; it is asked before
 * every change and after it.
 */
export function followAnchor(log: AuditLog): { readonly catchUp: (anchor: AuditAnchor) => Promise<void> } {
  return {
    catchUp: async ({ last }) => {
      if (last === null || log.head().hash === last.hash) return;
      try {
        await log.append(last);
      } catch (error) {
        throw new Error(
          `The audit log cannot be written (${messageOf(error)}). Nothing is changed until it can.`,
          { cause: error },
        );
      }
    },
  };
}
