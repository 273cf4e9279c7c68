import { z } from 'zod';
import { AlertDelivery } from '../../contract/alert-shape.ts';
import { DurableJsonFile } from '../../store/lowdb/durable-json-file.ts';

const Entry = z.strictObject({
  delivery: AlertDelivery,
  /** What is sent: the same text each time. */
  body: z.string(),
});
const Journal = z.strictObject({
  format: z.literal(1),
  /** What has been told, by name, and when (ISO 8601). */
  told: z.record(z.string(), z.string()),
  entries: z.array(Entry),
});
export type JournalEntry = Readonly<z.output<typeof Entry>>;
export type JournalState = Readonly<z.output<typeof Journal>>;

/** What has been told and what is on its way. */
export interface AlertJournal {
  read(): JournalState;
  /** Saved when its promise resolves: what was told stays told over a restart. */
  write(state: JournalState): Promise<void>;
  /**
   * Work that reads and writes while nobody else does: several gateways may share a journal. Where somebody else is at it,
   * the work waits for them, or is left out (then `undefined`).
   */
  alone<T>(work: () => Promise<T>, otherwise: 'wait' | 'leave'): Promise<T | undefined>;
}

export const emptyJournal: JournalState = { format: 1, told: {}, entries: [] };
/** Entries kept at most; what waits is never dropped. */
export const mostEntries = 1_000;

/** A journal in a file of its own. A file that is not one counts as none, and is kept under another name by the next write. */
export async function openAlertJournal(path: string): Promise<AlertJournal> {
  const file = new DurableJsonFile(path);
  return journalOver(readJournal(await file.read().catch(() => null)), (state) => file.write(state));
}

export function makeMemoryJournal(): AlertJournal {
  return journalOver(emptyJournal, async () => undefined);
}

/** What was kept as JSON. What is no journal counts as none. */
export function readJournal(value: unknown): JournalState {
  return Journal.safeParse(value).data ?? emptyJournal;
}

function journalOver(start: JournalState, save: (state: JournalState) => Promise<void>): AlertJournal {
  let state = start;
  return {
    read: () => state,
    write: async (next) => {
      state = next;
      await save(next);
    },
    alone: (work) => work(),
  };
}
