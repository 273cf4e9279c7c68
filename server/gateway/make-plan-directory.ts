import { type Catalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { nearest } from '#engine/nearest.ts';
import { targetPattern } from '#engine/nodes/index.ts';
import { compilePolicy, type ModelFacts, type Plan } from '#engine/plan/index.ts';
import type { Config } from '../config/config.ts';
import type { RunningRollout } from '../contract/rollout-shape.ts';
import { settingsFromEnvironment } from '../providers/settings-from-environment.ts';
import type { ConfigStore, Configuration, StoredVersion } from '../store/config-store.ts';
import type { PlanDirectory, Resolved } from './plan-directory.ts';

/** What an alias points at, whoever said so. */
interface Deployed {
  readonly alias: string;
  readonly policyId: string;
  readonly version: number | null;
  readonly rollout?: RunningRollout | undefined;
}

/** One state of the directory: made anew after every change, then swapped in. Requests under way keep theirs. */
interface Snapshot {
  readonly names: ReadonlyMap<string, Resolved>;
  /** Longest literal beginning first. */
  readonly patterns: readonly {
    readonly matches: (model: string) => boolean;
    readonly resolved: Resolved;
  }[];
  readonly plans: ReadonlyMap<string, Plan>;
  readonly aliases: readonly string[];
}

/**
 * The plans in force, following the store. Plans are compiled once a version. A version that does not compile (a document
 * of a release that knew more) is passed over: its policy goes on with the newest version that does. Aliases of the config
 * file come before the studio's.
 */
export function makePlanDirectory(
  store: Pick<ConfigStore, 'read' | 'subscribe'>,
  config: Config,
  catalogue: Catalogue,
  models: ModelFacts = { catalogue, priceBook: defaultPriceBook },
): PlanDirectory & { readonly close: () => void } {
  const compiled: Compiling = { models, plans: new Map() };
  let snapshot = takeSnapshot(store.read(), config, compiled);
  const close = store.subscribe((state) => {
    snapshot = takeSnapshot(state, config, compiled);
  });
  const fixed = servedProviders(config);
  const isServed = (id: string) =>
    fixed.has(id) || store.read().providers.some((one) => one.id === id && !one.disabled);
  return {
    resolve: (model) => {
      const named = snapshot.names.get(model);
      if (named !== undefined) return named;
      const pattern = snapshot.patterns.find(({ matches }) => matches(model));
      if (pattern !== undefined) return pattern.resolved;
      return resolveTarget(model, catalogue, isServed) ?? unknownModel(model, snapshot, catalogue);
    },
    planOf: (policyId, version) => snapshot.plans.get(`${policyId}@${version}`),
    aliases: () => snapshot.aliases,
    close,
  };
}

/** Plans made so far, by policy, version and hash, and what pools are resolved against. */
interface Compiling {
  readonly models: ModelFacts;
  readonly plans: Map<string, Plan | null>;
}

function takeSnapshot(state: Configuration, config: Config, compiled: Compiling): Snapshot {
  const plans = new Map<string, Plan>();
  const newest = new Map<string, Resolved & { kind: 'policy' }>();
  const names = new Map<string, Resolved>();
  for (const stored of [...state.versions].sort((one, other) => one.version - other.version)) {
    const plan = planFor(stored, compiled);
    if (plan === null) continue;
    const { policyId, version } = stored;
    const resolved = { kind: 'policy', policyId, version, plan } as const;
    plans.set(`${policyId}@${version}`, plan);
    names.set(`policy/${policyId}@${version}`, resolved);
    newest.set(policyId, resolved);
  }
  for (const [id, resolved] of newest) names.set(`policy/${id}`, resolved);
  const patterns: { literal: number; matches: (model: string) => boolean; resolved: Resolved }[] = [];
  const deployed = deployments(state, config);
  for (const one of deployed) {
    const resolved = resolveDeployed(one, newest, names);
    if (!one.alias.includes('*')) names.set(one.alias, resolved);
    else {
      patterns.push({
        literal: one.alias.indexOf('*'),
        matches: patternTest(one.alias),
        resolved,
      });
    }
  }
  patterns.sort((one, other) => other.literal - one.literal);
  return { names, patterns, plans, aliases: deployed.map(({ alias }) => alias) };
}

/** A plan compiled once, by policy, version and hash; `null` where it does not compile. */
function planFor(stored: StoredVersion, { models, plans }: Compiling): Plan | null {
  const key = `${stored.policyId}@${stored.version} ${stored.hash}`;
  const known = plans.get(key);
  if (known !== undefined) return known;
  const result = compilePolicy(stored.policy, { pools: stored.pools, models });
  const plan = result.kind === 'ok' ? result.plan : null;
  plans.set(key, plan);
  return plan;
}

function deployments(state: Configuration, config: Config): readonly Deployed[] {
  const fromFile = config.file.deployments.map(({ alias, policy, version }) => ({
    alias,
    policyId: policy,
    version,
  }));
  const taken = new Set(fromFile.map(({ alias }) => alias));
  return [...fromFile, ...state.deployments.filter(({ alias }) => !taken.has(alias))];
}

function resolveDeployed(
  { alias, policyId, version, rollout }: Deployed,
  newest: ReadonlyMap<string, Resolved>,
  names: ReadonlyMap<string, Resolved>,
): Resolved {
  const resolved = version === null ? newest.get(policyId) : names.get(`policy/${policyId}@${version}`);
  if (resolved !== undefined) return withRollout(resolved, alias, rollout, names);
  const which = version === null ? `policy "${policyId}"` : `version ${version} of policy "${policyId}"`;
  return {
    kind: 'unknown',
    message: `The alias "${alias}" points at ${which}, which is not published here. Publish it, or point the alias elsewhere.`,
  };
}

/** A candidate that does not compile here serves nobody. */
function withRollout(
  resolved: Resolved,
  alias: string,
  rollout: RunningRollout | undefined,
  names: ReadonlyMap<string, Resolved>,
): Resolved {
  if (rollout === undefined || resolved.kind !== 'policy') return resolved;
  const { policyId, version } = rollout.candidate;
  const candidate = names.get(`policy/${policyId}@${version}`);
  if (candidate?.kind !== 'policy') return resolved;
  const share = rollout.steps[rollout.step]?.share ?? 0;
  const { mode } = rollout;
  return {
    ...resolved,
    rollout: { alias, mode, share, candidate: { policyId, version, plan: candidate.plan } },
  };
}

/** `*` stands for any characters. Escaped, so that a dot in a model's name is a dot. */
function patternTest(pattern: string): (model: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return (model) => expression.test(model);
}

/** Providers whose models may be asked for without being in the catalogue: the configured ones know best what they have. */
function servedProviders({ file, providerKeys, sandbox }: Config): ReadonlySet<string> {
  return new Set([
    ...file.providers.map(({ id }) => id),
    ...settingsFromEnvironment(providerKeys).map(({ id }) => id),
    ...(sandbox ? ['sandbox'] : []),
  ]);
}

function resolveTarget(
  model: string,
  catalogue: Catalogue,
  isServed: (provider: string) => boolean,
): Resolved | undefined {
  if (!targetPattern.test(model)) return undefined;
  const known = catalogue.find(model) !== undefined || isServed(model.slice(0, model.indexOf('/')));
  return known ? { kind: 'target', target: model } : undefined;
}

function unknownModel(model: string, { names, aliases }: Snapshot, catalogue: Catalogue): Resolved {
  const known = [...new Set([...aliases, ...names.keys()])];
  const near = nearest(model, known) ?? catalogue.suggest(model)[0];
  const exists = known.length === 0 ? 'No alias or policy is published yet.' : `There are ${listed(known)}.`;
  const asked = model.length > 120 ? `${model.slice(0, 120)}…` : model;
  return {
    kind: 'unknown',
    message: `No alias, policy or model is called "${asked}".${near === undefined ? '' : ` Did you mean "${near}"?`} ${exists} A model is named with its provider, such as "openai/gpt-5-mini".`,
  };
}

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, 12)
    .map((name) => `"${name}"`)
    .join(', ');
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
