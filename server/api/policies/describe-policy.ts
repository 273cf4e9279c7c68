import { checkPolicy, type Policy, semanticHash } from '#engine/policy/index.ts';
import type { Deployment, PolicyEnvelope, PolicySummary, VersionSummary } from '../../contract/index.ts';
import type { Configuration, StoredPolicy, StoredVersion } from '../../store/config-store.ts';
import { newestVersion } from '../../store/policy-folder.ts';
import type { Installation } from '../installation.ts';
import { offersOf, usesOf } from './policy-uses.ts';

/** Drafts are frozen and replaced as a whole, so what was worked out about one holds for as long as it is there. */
const hashes = new WeakMap<Policy, string>();
const errorCounts = new WeakMap<Policy, number>();

/** Semantic hash of a stored policy, worked out once. */
export function hashOf(policy: Policy): string {
  const known = hashes.get(policy);
  if (known !== undefined) return known;
  const hash = semanticHash(policy);
  hashes.set(policy, hash);
  return hash;
}

function countErrors(policy: Policy): number {
  const known = errorCounts.get(policy);
  if (known !== undefined) return known;
  const errors = checkPolicy(policy).filter(({ severity }) => severity === 'error').length;
  errorCounts.set(policy, errors);
  return errors;
}

/** A policy as the studio sees it. */
export function describePolicy(stored: StoredPolicy, installation: Installation): PolicyEnvelope {
  const state = installation.store.read();
  return {
    policy: stored.policy,
    revision: stored.revision,
    hash: hashOf(stored.policy),
    updatedAt: stored.updatedAt,
    origin: installation.files.has(stored.id) ? 'file' : 'studio',
    versions: state.versions
      .filter((one) => one.policyId === stored.id)
      .sort((left, right) => right.version - left.version)
      .map(describeVersion),
    aliases: aliasesOf(stored.id, installation),
    usedIn: usesOf(stored.id, state),
  };
}

/** A policy as the list shows it. */
export function summarizePolicy(stored: StoredPolicy, installation: Installation): PolicySummary {
  const state = installation.store.read();
  const published = newestVersion(state, stored.id);
  return {
    id: stored.id,
    name: stored.policy.name,
    nodes: Object.keys(stored.policy.nodes).length,
    revision: stored.revision,
    hash: hashOf(stored.policy),
    updatedAt: stored.updatedAt,
    origin: installation.files.has(stored.id) ? 'file' : 'studio',
    published: published === undefined ? null : describeVersion(published),
    aliases: aliasesOf(stored.id, installation),
    errors: countErrors(stored.policy),
    usedIn: usesOf(stored.id, state),
    offers: published === undefined ? null : offersOf(published.policy, state),
  };
}

export function describeVersion({
  version,
  hash,
  note,
  author,
  at,
  simulation,
}: StoredVersion): VersionSummary {
  return { version, hash, note, author, at, ...(simulation === undefined ? {} : { simulation }) };
}

/** Every alias in force: those of the config file come before the studio's of the same name. */
export function deploymentsIn({ config, store }: Installation): readonly Deployment[] {
  return mergeDeployments(config.file.deployments, store.read());
}

function mergeDeployments(
  fromFile: readonly { readonly alias: string; readonly policy: string; readonly version: number | null }[],
  state: Configuration,
): readonly Deployment[] {
  const taken = new Set(fromFile.map(({ alias }) => alias));
  return [
    ...fromFile.map((one) => ({ ...one, origin: 'file' as const })),
    ...state.deployments
      .filter(({ alias }) => !taken.has(alias))
      .map(({ alias, policyId, version }) => ({
        alias,
        policy: policyId,
        version,
        origin: 'studio' as const,
      })),
  ];
}

function aliasesOf(policyId: string, installation: Installation): string[] {
  return deploymentsIn(installation)
    .filter(({ policy }) => policy === policyId)
    .map(({ alias }) => alias);
}
