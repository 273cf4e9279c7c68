import { randomBytes } from 'node:crypto';
import { recordColumns } from '#engine/signals/index.ts';

/** What the log holds of a key. */
export interface HeldRecords {
  readonly records: number;
  /** When the first and the last came, ms since 1970; `null` where there are none. */
  readonly from: number | null;
  readonly to: number | null;
  /** How many name an end user, and how many have metadata of the client's. */
  readonly withUser: number;
  readonly withMetadata: number;
}

/** Columns that may hold personal data, and those made from what was said: emptied when a key is erased. */
export const emptiedColumns = [
  'caller.user',
  'request.metadata',
  'session.prefix',
  'session.prefix_hashes',
] as const;

/** Signals that stay when a record has grown too old: who asked, when, and for what kind of thing. Outcome and cost stay too. */
const stayingSignals =
  /^(time\..*|caller\.(key|team|project|tags|retention|regions)|task\..*|request\.(model|dialect|stream))$/;

/** Columns of which nothing stays then. */
export const agingColumns = recordColumns.filter(
  ({ name, source }) => source === 'signal' && !stayingSignals.test(name),
);

/** Names conversations of an erased key anew, alike where they were alike; nobody can go back, since it is thrown away. */
export function newPepper(): string {
  return randomBytes(16).toString('hex');
}
