import { recordColumns } from '#engine/signals/index.ts';
import { type calls, mayIn } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { TextKeeper } from '../../governance/privacy/keep-texts.ts';
import type { TextSetting } from '../../governance/privacy/text-settings.ts';
import type { Configuration } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { describePrivacy, holdingOf } from './privacy-view.ts';

export const readPrivacy: Handler<typeof calls.readPrivacy> = (_, installation) =>
  describePrivacy(installation);

export const writeRecordDays: Handler<typeof calls.writeRecordDays> = async (
  { body, actor },
  installation,
) => {
  const { store } = installation;
  const { recordDays, zeroRecordDays } = store.read();
  const before = { days: recordDays, zero_days: zeroRecordDays };
  const { days, zero_days: zeroDays = zeroRecordDays } = body;
  await store.update(
    {
      actor,
      action: 'privacy.record_days',
      subject: 'records',
      before,
      after: { days, zero_days: zeroDays },
    },
    (state) => ({ ...state, recordDays: days, zeroRecordDays: zeroDays }),
  );
  const { records, removed } = await textsOf(installation).purge();
  return { emptied: records + removed };
};

export const writeTextLogging: Handler<typeof calls.writeTextLogging> = async (
  { params, body, actor },
  installation,
) => {
  const { store, clock } = installation;
  const { team } = params;
  requireTeam(team, installation);
  const setting: TextSetting = {
    team,
    days: body.days,
    updatedAt: new Date(clock()).toISOString(),
    updatedBy: actor,
  };
  const before = settingOf(store.read(), team) ?? null;
  await store.update(
    { actor, action: 'privacy.texts_on', subject: team, before, after: { days: body.days } },
    (state) => ({
      ...state,
      textLogging: [...state.textLogging.filter((one) => one.team !== team), setting],
    }),
  );
  const texts = textsOf(installation);
  await texts.purge();
  return holdingOf(setting, texts.log);
};

export const deleteTextLogging: Handler<typeof calls.deleteTextLogging> = async (
  { params, actor },
  installation,
) => {
  const { store } = installation;
  const before = settingOf(store.read(), params.team);
  if (before === undefined)
    throw new ApiFailure(404, 'setting_missing', `No texts of team "${params.team}" are kept.`);
  await store.update(
    { actor, action: 'privacy.texts_off', subject: params.team, before, after: null },
    (state) => ({
      ...state,
      textLogging: state.textLogging.filter(({ team }) => team !== params.team),
    }),
  );
  return { deleted: (await textsOf(installation).purge()).texts };
};

function settingOf({ textLogging }: Configuration, team: string): TextSetting | undefined {
  return textLogging.find((one) => one.team === team);
}

/** A team of zero retention keeps nothing: whoever wants otherwise changes that first. */
function requireTeam(team: string, { store, config }: Installation): void {
  const { teams, keys } = store.read();
  const all = [...teams, ...config.file.teams];
  const found = all.filter(({ id }) => id === team);
  if (found.some(({ retention }) => retention === 'zero'))
    throw new ApiFailure(
      409,
      'zero_retention',
      `Team "${team}" has zero retention: nothing of it may be kept.`,
    );
  const isKnown = found.length > 0 || [...keys, ...config.file.keys].some((key) => key.team === team);
  if (!isKnown) throw new ApiFailure(404, 'team_missing', `There is no team "${team}".`);
}

export const listKeptTexts: Handler<typeof calls.listKeptTexts> = async (
  { query: { team, limit }, principal, actor },
  installation,
) => {
  const { store } = installation;
  const may = (one: string) => mayIn(principal, 'text.read', one) && mayIn(principal, 'traffic.read', one);
  const teams = store
    .read()
    .textLogging.map((one) => one.team)
    .filter(may)
    .sort();
  if (team === undefined) return { teams, texts: [] };
  if (!teams.includes(team))
    throw new ApiFailure(404, 'setting_missing', `No texts of team "${team}" are kept.`);
  const kept = await textsOf(installation).log.newest(team, limit);
  await store.update(
    { actor, action: 'privacy.text_read', subject: team, before: null, after: { texts: kept.length } },
    (state) => state,
  );
  const texts = kept.flatMap(({ id, messages }) => {
    const text = messages.findLast(({ role }) => role === 'user')?.text ?? '';
    return text === '' ? [] : [{ id, text }];
  });
  return { teams, texts };
};

export const readText: Handler<typeof calls.readText> = async (
  { params, principal, actor },
  installation,
) => {
  const { log, store } = installation;
  await log.flush();
  const record = await log.find(params.id);
  const team = record?.['caller.team'] ?? '';
  const allowed = mayIn(principal, 'text.read', team) && mayIn(principal, 'traffic.read', team);
  if (record === undefined || !allowed)
    throw new ApiFailure(404, 'record_missing', `The log has no request "${params.id}".`);
  const place = { id: record.id, team, at: record['time.at'] ?? 0 };
  const text = await textsOf(installation).log.find(place);
  if (text === undefined)
    throw new ApiFailure(404, 'text_missing', `No text of request "${params.id}" is kept.`);
  // Told before it is shown: a reading that cannot be told does not happen.
  await store.update(
    { actor, action: 'privacy.text_read', subject: record.id, before: null, after: { team } },
    (state) => state,
  );
  const { messages, answer, cut } = text;
  return { messages: [...messages], answer, cut };
};

export const reportKey: Handler<typeof calls.reportKey> = async ({ params }, installation) => {
  const { log, store } = installation;
  await log.flush();
  const { records, from, to, withUser, withMetadata } = await log.held(params.id);
  const team = teamOf(params.id, installation);
  const texts = await countTexts(params.id, installation);
  const auditEntries = await mentions(params.id, store.audit);
  if (records + texts + auditEntries === 0 && team === '')
    throw new ApiFailure(404, 'key_missing', `Nothing is held about a key "${params.id}".`);
  return {
    key: params.id,
    team,
    records,
    from: instant(from),
    to: instant(to),
    withUser,
    withMetadata,
    personalColumns: recordColumns.filter(({ personal }) => personal).map(({ name }) => name),
    texts,
    auditEntries,
  };
};

export const eraseKey: Handler<typeof calls.eraseKey> = async ({ params, body, actor }, installation) => {
  const { log, store } = installation;
  const { id } = params;
  if (body.confirm !== id)
    throw new ApiFailure(
      400,
      'not_confirmed',
      `Write the key's id, "${id}", as "confirm": this cannot be undone.`,
    );
  await log.flush();
  const texts = await eraseTexts(id, installation);
  const records = await log.forget(id);
  await store.update(
    {
      actor,
      action: 'privacy.erase',
      subject: id,
      before: null,
      after: { records, texts },
      reason: body.reason,
    },
    (state) => state,
  );
  return { records, texts };
};

/** A key may have been another team's before: every team that keeps texts is asked. */
async function countTexts(key: string, installation: Installation): Promise<number> {
  const { log } = textsOf(installation);
  const teams = installation.store.read().textLogging.map(({ team }) => team);
  const counts = await Promise.all(teams.map((team) => log.countOf(team, key)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function eraseTexts(key: string, installation: Installation): Promise<number> {
  const { log } = textsOf(installation);
  let erased = 0;
  for (const { team } of installation.store.read().textLogging) erased += await log.eraseKey(team, key);
  return erased;
}

async function mentions(subject: string, audit: Installation['store']['audit']): Promise<number> {
  let found = 0;
  let before: number | undefined;
  for (;;) {
    const { entries, next } = await audit.page({ subject, limit: 500, before });
    found += entries.length;
    if (next === null) return found;
    before = next;
  }
}

function teamOf(id: string, { store, config }: Installation): string {
  return [...config.file.keys, ...store.read().keys].find((key) => key.id === id)?.team ?? '';
}

function textsOf({ texts }: Installation): TextKeeper {
  if (texts === undefined) throw new Error('An installation without a keeper of texts.');
  return texts;
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
