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
}

export const emptyJournal: JournalState = { format: 1, told: {}, entries: [] };
/** Entries kept at most; what waits is never dropped. */
export const mostEntries = 1_000;

/** A journal in a file of its own. A file that is not one counts as none, and is kept under another name by the next write. */
export async function openAlertJournal(path: string): Promise<AlertJournal> {
  const file = new DurableJsonFile(path);
  const read = Journal.safeParse(await file.read().catch(() => null));
  return journalOver(read.success ? read.data : emptyJournal, (state) => file.write(state));
}

export function makeMemoryJournal(): AlertJournal {
  return journalOver(emptyJournal, async () => undefined);
}

function journalOver(start: JournalState, save: (state: JournalState) => Promise<void>): AlertJournal {
  let state = start;
  return {
    read: () => state,
    write: async (next) => {
      state = next;
      await save(next);
    },
  };
}
