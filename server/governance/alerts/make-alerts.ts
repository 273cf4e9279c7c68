import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { AlertDelivery, StoredAlert } from '../../contract/alert-shape.ts';
import type { ConfigStore } from '../../store/config-store.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { type AlertJournal, type JournalEntry, mostEntries } from './alert-journal.ts';
import { type Due, dueOfAnomaly, dueOfBudget } from './due-alerts.ts';
import { type Sent, sendWebhook } from './send-webhook.ts';
import { signatureOf, signingSecret } from './sign.ts';
import type { Watch } from './watch.ts';

const checkEveryMs = 10_000;
/** Waits between attempts: 10 s, doubled each time, an hour at most. */
const firstWaitMs = 10_000;
const longestWaitMs = 3_600_000;
/** After so many attempts, some three and a half hours, it is given up. */
const mostAttempts = 12;

/** Watches budgets and spend, and tells of what rules ask for. */
export interface Alerts {
  /** Looks once: what is due is told once, what waits and whose time has come is tried again. */
  check(): Promise<void>;
  /** Sends a test of a rule, now and once. */
  test(rule: StoredAlert): Promise<AlertDelivery>;
  /** The newest first. */
  deliveries(): readonly AlertDelivery[];
  close(): Promise<void>;
}

interface Parts {
  readonly store: Pick<ConfigStore, 'read'>;
  readonly journal: AlertJournal;
  readonly watch: Watch;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly allowPrivate: boolean;
  /** Told apart from the scheduled check, for tests. */
  readonly scheduled?: boolean;
}

/** Alerts over the rules of the store. Checks follow one another; a check that fails is logged and the next one tries again. */
export function makeAlerts({
  store,
  journal,
  watch,
  clock,
  logger,
  allowPrivate,
  scheduled = true,
}: Parts): Alerts {
  const inTurn = oneAtATime();
  const rules = () => store.read().alerts.filter(({ enabled }) => enabled);
  const send = (rule: StoredAlert, { delivery, body }: JournalEntry): Promise<Sent> => {
    const secret = signingSecret(store.read().salt, rule);
    return sendWebhook(
      delivery.url ?? '',
      body,
      {
        'x-waybill-event': delivery.event,
        'x-waybill-delivery': delivery.id,
        'x-waybill-signature': signatureOf(body, secret, clock()),
      },
      allowPrivate,
    );
  };
  const tellDue = async () => {
    const { due, forget } = await dueOf(rules(), watch);
    const state = journal.read();
    const forgotten = forget.filter((name) => name in state.told);
    const fresh = due.filter(({ once }) => !(once in state.told));
    if (fresh.length === 0 && forgotten.length === 0) return;
    const at = new Date(clock()).toISOString();
    const told = { ...state.told, ...Object.fromEntries(fresh.map(({ once }) => [once, at])) };
    for (const name of forgotten) delete told[name];
    const entries = [...state.entries, ...fresh.map(({ rule, ...one }) => entryOf(rule, one, at))];
    await journal.write({ ...state, told, entries: bounded(entries) });
  };
  const deliverWaiting = async () => {
    const now = clock();
    for (const { delivery } of journal.read().entries) {
      if (delivery.status !== 'waiting' || Date.parse(delivery.nextAt ?? '') > now) continue;
      const entry = journal.read().entries.find((one) => one.delivery.id === delivery.id);
      if (entry === undefined) continue;
      const rule = rules().find(({ id }) => id === delivery.rule);
      const after =
        rule === undefined ? withdrawn(delivery) : afterAttempt(delivery, await send(rule, entry), clock());
      if (after.status === 'given_up')
        logger.warn({ alert: after.rule, answer: after.lastAnswer }, 'an alert could not be delivered');
      const state = journal.read();
      const entries = state.entries.map((one) =>
        one.delivery.id === after.id ? { ...one, delivery: after } : one,
      );
      await journal.write({ ...state, entries });
    }
  };
  const endedTest = async (rule: StoredAlert): Promise<JournalEntry> => {
    const at = new Date(clock()).toISOString();
    const text = `This is a test of the alert "${rule.name}". Nothing is wrong.`;
    const entry = entryOf(rule, { once: '', event: 'test', text, team: null, details: {} }, at);
    const delivery =
      rule.url === null
        ? entry.delivery
        : { ...afterAttempt(entry.delivery, await send(rule, entry), clock()), nextAt: null };
    const ended = delivery.status === 'waiting' ? { ...delivery, status: 'given_up' as const } : delivery;
    return { ...entry, delivery: ended };
  };
  const check = () =>
    inTurn(async () => {
      const tellAndDeliver = async () => {
        await tellDue();
        await deliverWaiting();
      };
      await journal.alone(tellAndDeliver, 'leave');
    });
  const timer = scheduled
    ? setInterval(
        () => check().catch((error: unknown) => logger.error({ err: error }, 'alerts could not be checked')),
        checkEveryMs,
      ).unref()
    : undefined;
  return {
    check,
    test: (rule) =>
      inTurn(async () => {
        const ended = await endedTest(rule);
        await journal.alone(async () => {
          const state = journal.read();
          await journal.write({ ...state, entries: bounded([...state.entries, ended]) });
        }, 'wait');
        return ended.delivery;
      }),
    deliveries: () =>
      journal
        .read()
        .entries.map(({ delivery }) => delivery)
        .reverse(),
    close: async () => {
      clearInterval(timer);
      await inTurn(async () => undefined);
    },
  };
}

async function dueOf(
  rules: readonly StoredAlert[],
  watch: Watch,
): Promise<{
  readonly due: readonly (Due & { readonly rule: StoredAlert })[];
  readonly forget: readonly string[];
}> {
  const due: (Due & { readonly rule: StoredAlert })[] = [];
  const forget: string[] = [];
  if (rules.some(({ trigger }) => trigger.kind === 'budget')) {
    const budgets = await watch.budgets(
      rules.some(({ trigger }) => trigger.kind === 'budget' && trigger.forecast),
    );
    for (const rule of rules) {
      for (const budget of budgets) {
        const told = dueOfBudget(rule, budget);
        due.push(...told.due.map((one) => ({ ...one, rule })));
        forget.push(...told.forget);
      }
    }
  }
  for (const rule of rules) {
    if (rule.trigger.kind !== 'anomaly') continue;
    for (const anomaly of await watch.anomalies(rule.trigger.team)) {
      const told = dueOfAnomaly(rule, anomaly);
      if (told !== null) due.push({ ...told, rule });
    }
  }
  return { due, forget };
}

function entryOf(
  rule: StoredAlert,
  { event, text, team, details }: Omit<Due, 'event'> & { readonly event: AlertDelivery['event'] },
  at: string,
): JournalEntry {
  const id = `alert_${randomUUID().replaceAll('-', '')}`;
  const delivery: AlertDelivery = {
    id,
    rule: rule.id,
    event,
    text,
    team,
    at,
    url: rule.url,
    status: rule.url === null ? 'listed' : 'waiting',
    attempts: 0,
    nextAt: rule.url === null ? null : at,
    lastAnswer: '',
  };
  return { delivery, body: JSON.stringify({ id, event, at, rule: rule.id, text, ...details }) };
}

function afterAttempt(delivery: AlertDelivery, { ok, answer }: Sent, now: number): AlertDelivery {
  const attempts = delivery.attempts + 1;
  const told = { ...delivery, attempts, lastAnswer: answer };
  if (ok) return { ...told, status: 'delivered', nextAt: null };
  if (attempts >= mostAttempts) return { ...told, status: 'given_up', nextAt: null };
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
  return { ...told, nextAt: new Date(now + wait).toISOString() };
}

function withdrawn(delivery: AlertDelivery): AlertDelivery {
  return { ...delivery, status: 'given_up', nextAt: null, lastAnswer: 'the rule is gone or switched off' };
}

/** The newest entries, and all that wait. */
function bounded(entries: readonly JournalEntry[]): JournalEntry[] {
  const surplus = entries.length - mostEntries;
  return entries.filter(({ delivery }, index) => index >= surplus || delivery.status === 'waiting');
}
