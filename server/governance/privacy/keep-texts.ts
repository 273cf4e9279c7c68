import type { Logger } from 'pino';
import { redactableKinds, redactText } from '#engine/privacy/index.ts';
import type { Caller, NeutralRequest } from '#engine/signals/index.ts';
import type { ConfigStore } from '../../store/config-store.ts';
import type { RecordLog } from '../../store/record-log.ts';
import type { TargetPlace } from '../scopes/may-reach.ts';
import { dayMs, type KeptText, type TextLog } from './text-log.ts';

/** Keeps the texts of teams that opted in, and nobody else's. */
export interface TextKeeper {
  readonly log: TextLog;
  /** Whether the text of a request with this key may be kept: its team opted in, and nothing about the key forbids it. */
  wants(caller: Caller): boolean;
  /** Keeps one, redacted and cut, unless the target that answered promises to keep nothing. */
  keep(said: Said): void;
  /** Deletes texts older than their team's days, and empties and removes records that are too old. Answers how many. */
  purge(): Promise<Purged>;
  close(): Promise<void>;
}

/** What a purge deleted and emptied. */
export interface Purged {
  readonly texts: number;
  /** Emptied: older than the days that are set. */
  readonly records: number;
  /** Removed: their whole day (UTC) is. */
  readonly removed: number;
}

export interface Said {
  readonly id: string;
  readonly at: number;
  readonly caller: Caller;
  readonly request: NeutralRequest;
  readonly answer: string;
  /** Empty where nobody answered. */
  readonly target: string;
}

/** Characters of one message and of a request that are kept; of a long request the latest messages. */
const mostOfMessage = 16_000;
const mostOfRequest = 64_000;
const purgeEveryMs = 3_600_000;

/** The keeper of an installation; purges at once and then every hour. */
export function makeTextKeeper(parts: {
  readonly log: TextLog;
  readonly store: Pick<ConfigStore, 'read' | 'update' | 'subscribe'>;
  readonly records: Pick<RecordLog, 'flush' | 'retire' | 'strip'>;
  readonly placeOf: (target: string) => TargetPlace;
  readonly clock: () => number;
  readonly logger: Logger;
}): TextKeeper {
  const { log, store, records, placeOf, clock, logger } = parts;
  let days = daysIn(store);
  const age = async (recordDays: number | null, zeroDays: number | null) => {
    await records.flush();
    const before = (kept: number) => clock() - kept * dayMs;
    const removed = recordDays === null ? 0 : await records.retire(before(recordDays));
    const emptied = recordDays === null ? 0 : await records.strip(before(recordDays));
    const zero = zeroDays === null ? 0 : await records.strip(before(zeroDays), 'zero');
    return { removed, records: emptied + zero };
  };
  const purge = async () => {
    const texts = await log.purge(clock(), days);
    const { recordDays, zeroRecordDays } = store.read();
    const isAging = recordDays !== null || zeroRecordDays !== null;
    const done = { texts, ...(isAging ? await age(recordDays, zeroRecordDays) : none) };
    if (done.texts + done.records + done.removed > 0) await store.update(purged(done), (state) => state);
    return done;
  };
  const inBackground = () =>
    void purge().catch((err: unknown) =>
      logger.error({ err }, 'what is too old cannot be purged; trying again'),
    );
  const stop = store.subscribe(() => {
    days = daysIn(store);
  });
  const timer = setInterval(inBackground, purgeEveryMs);
  timer.unref();
  inBackground();
  return {
    log,
    wants: ({ team, zeroRetention }) => zeroRetention !== true && days.has(team),
    keep: (said) => {
      // The setting may have gone while the request ran.
      if (!days.has(said.caller.team)) return;
      if (said.target !== '' && placeOf(said.target).retention === 'zero') return;
      log.append(textOf(said));
    },
    purge,
    close: async () => {
      stop();
      clearInterval(timer);
      await log.close();
    },
  };
}

function daysIn({ read }: Pick<ConfigStore, 'read'>): ReadonlyMap<string, number> {
  return new Map(read().textLogging.map(({ team, days }) => [team, days]));
}

const none = { records: 0, removed: 0 };

function purged({ texts, records, removed }: Purged) {
  const subject = texts > 0 ? 'texts' : 'records';
  return {
    actor: 'waybill',
    action: 'privacy.purge',
    subject,
    before: null,
    after: { texts, records, removed },
  };
}

/** Redacted first, then cut: what is cut through could no longer be told for what it is. */
function textOf({ id, at, caller, request, answer }: Said): KeptText {
  const whole = request.messages.map(({ role, text }) => ({ role, text: redactText(text, redactableKinds) }));
  const messages: { role: string; text: string }[] = [];
  let left = mostOfRequest;
  for (const { role, text } of whole.toReversed()) {
    if (left <= 0) break;
    const kept = text.slice(0, Math.min(mostOfMessage, left));
    messages.unshift({ role, text: kept });
    left -= kept.length;
  }
  const said = redactText(answer, redactableKinds);
  const total = whole.reduce((sum, { text }) => sum + text.length, 0);
  const keptLength = messages.reduce((sum, { text }) => sum + text.length, 0);
  const cut = keptLength < total || said.length > mostOfMessage;
  return {
    id,
    at: Math.floor(at),
    team: caller.team,
    key: caller.key,
    messages,
    answer: said.slice(0, mostOfMessage),
    cut,
  };
}
