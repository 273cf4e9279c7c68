import { findProblems } from '#engine/explain/index.ts';
import { modelFactsOf } from '../../catalogue/model-facts.ts';
import type { PrivacyView } from '../../contract/index.ts';
import type { TextLog } from '../../governance/privacy/text-log.ts';
import type { TextSetting } from '../../governance/privacy/text-settings.ts';
import { newestVersion } from '../../store/policy-folder.ts';
import type { Installation } from '../installation.ts';
import { zeroRetentionCallers } from '../policies/review.ts';

type Texts = PrivacyView['texts'][number];

/** Everything the privacy page shows. */
export async function describePrivacy(installation: Installation): Promise<PrivacyView> {
  const { store, texts, config } = installation;
  const { recordDays, zeroRecordDays, textLogging } = store.read();
  const holdings =
    texts === undefined ? [] : await Promise.all(textLogging.map((setting) => holdingOf(setting, texts.log)));
  return {
    stores: storesOf({ recordDays, zeroRecordDays }, holdings, placesOf(config)),
    recordDays,
    zeroRecordDays,
    texts: holdings.toSorted((a, b) => (a.team < b.team ? -1 : 1)),
    zero: zeroOf(installation),
    providers: providersOf(installation),
    log: await logOf(installation),
  };
}

/** What is kept of one team. */
export async function holdingOf(setting: TextSetting, log: TextLog): Promise<Texts> {
  const { texts, bytes, from } = await log.holding(setting.team);
  return { ...setting, texts, bytes, from: from === null ? null : new Date(from).toISOString() };
}

function keptFor(days: number | null, zeroDays: number | null): string {
  const all = days === null ? 'for good' : `${days} days, then only sums of what was spent`;
  const isSooner = zeroDays !== null && (days === null || zeroDays < days);
  return isSooner ? `${all}; of keys with zero retention ${zeroDays} days` : all;
}

type Places = Readonly<Record<'records' | 'texts' | 'configuration' | 'audit', string>>;

function placesOf({ databaseUrl, secretKey }: Installation['config']): Places {
  if (typeof databaseUrl !== 'string')
    return { records: 'records.duckdb', texts: 'texts/', configuration: 'config.json', audit: 'audit.jsonl' };
  const shared = 'PostgreSQL';
  const own = 'texts/ of the gateway that served: without WAYBILL_SECRET_KEY no other could read them';
  const texts = typeof secretKey === 'string' ? shared : own;
  return { records: shared, texts, configuration: shared, audit: shared };
}

function storesOf(
  { recordDays, zeroRecordDays }: Pick<PrivacyView, 'recordDays' | 'zeroRecordDays'>,
  texts: readonly Texts[],
  places: Places,
): PrivacyView['stores'] {
  const until = keptFor(recordDays, zeroRecordDays);
  const teams = texts.length === 1 ? '1 team' : `${texts.length} teams`;
  return [
    {
      name: 'Request log',
      what: 'One row a request: signals, decision, tokens, cost. Users and metadata as the client names them. No text.',
      where: places.records,
      until,
      text: false,
    },
    {
      name: 'Texts',
      what:
        texts.length === 0
          ? 'Nothing: no team has opted in.'
          : `What ${teams} asked and was answered, without what personal data and secrets are told by, encrypted.`,
      where: places.texts,
      until: texts.length === 0 ? '–' : `${Math.max(...texts.map(({ days }) => days))} days at most`,
      text: texts.length > 0,
    },
    {
      name: 'Configuration',
      what: 'Policies, keys as hashes, budgets, settings. No text of requests.',
      where: places.configuration,
      until: 'until it is changed',
      text: false,
    },
    {
      name: 'Audit',
      what: 'Who changed, read or erased what, and when.',
      where: places.audit,
      until: 'for good',
      text: false,
    },
    {
      name: 'Memory',
      what: 'Labels that classifiers gave, by the hash of a text; health; conversations by id.',
      where: 'this process',
      until: 'an hour, and no longer than the process',
      text: false,
    },
  ];
}

function zeroOf(installation: Installation): PrivacyView['zero'] {
  const { store, config } = installation;
  const state = store.read();
  const zero = ({ retention }: { readonly retention?: string | undefined }) => retention === 'zero';
  const teams = [...new Set([...config.file.teams, ...state.teams].filter(zero).map(({ id }) => id))];
  const keys = [...config.file.keys, ...state.keys]
    .filter((key) => zero(key) || teams.includes(key.team))
    .map(({ id, team }) => ({ id, team }));
  const any = teams.length + keys.length > 0;
  return { teams, keys, coverage: any ? coverageOf(installation) : [] };
}

/** Every alias in force, with what keeps its policy from being proved for keys of zero retention. */
function coverageOf(installation: Installation): PrivacyView['zero']['coverage'] {
  const state = installation.store.read();
  const deployments = [
    ...installation.config.file.deployments.map(({ alias, policy, version }) => ({
      alias,
      policyId: policy,
      version,
    })),
    ...state.deployments,
  ];
  return deployments.flatMap(({ alias, policyId, version }) => {
    const served =
      version === null
        ? newestVersion(state, policyId)
        : state.versions.find((one) => one.policyId === policyId && one.version === version);
    if (served === undefined) return [];
    const facts = {
      models: modelFactsOf(installation),
      zeroRetention: zeroRetentionCallers(policyId, installation),
      ...(served.pools === undefined ? {} : { pools: served.pools }),
    };
    const problems = findProblems(served.policy, facts).filter(({ code }) => code === 'retention_path');
    return [
      { alias, policy: policyId, version: served.version, problems: problems.map(({ message }) => message) },
    ];
  });
}

function providersOf({ providers, config, store, catalogue }: Installation): PrivacyView['providers'] {
  const stated = new Map(
    [...store.read().providers, ...config.file.providers].map((provider) => [provider.id, provider]),
  );
  return providers.list().map(({ id, sandbox }) => {
    const setting = stated.get(id);
    if (sandbox) return { id, retention: 'zero', region: null, source: 'the sandbox runs in this process' };
    if (setting !== undefined && setting.retention !== 'unknown')
      return {
        id,
        retention: setting.retention,
        region: setting.region,
        source: 'stated in the configuration',
      };
    const models = [...catalogue.models.values()].filter((model) => model.provider === id);
    const told = models.length > 0 && models.every(({ retention }) => retention === 'zero');
    return {
      id,
      retention: told ? 'zero' : 'unknown',
      region: setting?.region ?? null,
      source: told ? 'stated for its models' : 'not stated: counts as keeping',
    };
  });
}

/** The newest entries of the audit about privacy. */
async function logOf({ store }: Installation): Promise<PrivacyView['log']> {
  const { entries } = await store.audit.page({ action: 'privacy.', limit: 50 });
  return entries.map(({ at, actor, action, subject, after }) => ({
    at,
    actor,
    action,
    subject,
    detail: detailOf(after),
  }));
}

function detailOf(after: unknown): string {
  if (typeof after !== 'object' || after === null) return '';
  return Object.entries(after)
    .filter(([, value]) => typeof value === 'number' || typeof value === 'string')
    .map(([name, value]) => (typeof value === 'number' ? `${value} ${name}` : `${name} ${value}`))
    .join(', ');
}
