import type { PolicyReference } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { Installation } from '../installation.ts';
import type { PolicyToPlan } from '../what-if/simulation-worker.ts';
import { findPolicy } from './policies.ts';

/**
 * The policy a reference means: the document itself, a draft, or a published version. With it the candidates that such a
 * version keeps: its pools do not look them up again.
 *
 * @throws {ApiFailure} `policy_missing` or `version_missing`.
 */
export function resolveForPlan(reference: PolicyReference, { store }: Installation): PolicyToPlan {
  if ('policy' in reference) return { policy: reference.policy };
  const { id, version } = reference;
  const state = store.read();
  if (version === undefined) return { policy: findPolicy(state, id).policy };
  const found = state.versions.find((one) => one.policyId === id && one.version === version);
  if (found !== undefined) return { policy: found.policy, pools: found.pools };
  throw new ApiFailure(404, 'version_missing', `Policy "${id}" has no version ${version}.`);
}
