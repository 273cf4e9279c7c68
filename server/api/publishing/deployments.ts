import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { Configuration } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { deploymentsIn } from '../policies/describe-policy.ts';
import { findPolicy } from '../policies/policies.ts';

export const listDeployments: Handler<typeof calls.listDeployments> = (_, installation) => ({
  deployments: [...deploymentsIn(installation)].sort((left, right) => left.alias.localeCompare(right.alias)),
});

export const writeDeployment: Handler<typeof calls.writeDeployment> = async (
  { params, body, actor },
  installation,
) => {
  const { alias } = params;
  refuseFileAlias(alias, installation);
  if (alias.length > 120 || /\s/.test(alias)) {
    throw new ApiFailure(400, 'invalid_request', 'An alias has at most 120 characters and no spaces.');
  }
  if (alias.startsWith('policy/')) {
    throw new ApiFailure(
      400,
      'invalid_request',
      'An alias cannot start with "policy/": clients reach every published policy as policy/<id> already.',
    );
  }
  const deployment = { alias, policyId: body.policy, version: body.version };
  const before = installation.store.read().deployments.find((one) => one.alias === alias) ?? null;
  await installation.store.update(
    { actor, action: 'deployment.write', subject: alias, before, after: deployment },
    (state) => {
      requirePublished(state, body.policy, body.version);
      return {
        ...state,
        deployments: [...state.deployments.filter((one) => one.alias !== alias), deployment],
      };
    },
  );
  return { alias, policy: body.policy, version: body.version, origin: 'studio' };
};

function requirePublished(state: Configuration, policyId: string, version: number | null): void {
  findPolicy(state, policyId);
  const versions = state.versions.filter((one) => one.policyId === policyId).map((one) => one.version);
  if (version === null ? versions.length > 0 : versions.includes(version)) return;
  throw new ApiFailure(
    409,
    'not_published',
    version === null
      ? `Policy "${policyId}" has no published version yet. Publish it first.`
      : `Policy "${policyId}" has no version ${version}. It has ${versions.length === 0 ? 'none' : versions.sort((a, b) => a - b).join(', ')}.`,
  );
}

export const deleteDeployment: Handler<typeof calls.deleteDeployment> = async (
  { params, actor },
  installation,
) => {
  const { alias } = params;
  refuseFileAlias(alias, installation);
  const { store } = installation;
  const before = store.read().deployments.find((one) => one.alias === alias);
  if (before === undefined) throw new ApiFailure(404, 'alias_missing', `There is no alias "${alias}".`);
  await store.update(
    { actor, action: 'deployment.delete', subject: alias, before, after: null },
    (state) => ({ ...state, deployments: state.deployments.filter((one) => one.alias !== alias) }),
  );
  return {};
};

/** @throws {ApiFailure} `managed_by_file`. */
export function refuseFileAlias(alias: string, { config }: Installation): void {
  if (!config.file.deployments.some((one) => one.alias === alias)) return;
  throw new ApiFailure(
    409,
    'managed_by_file',
    `The alias "${alias}" comes from the config file; change it there.`,
  );
}
