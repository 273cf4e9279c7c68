import type { Policy } from '#engine/policy/index.ts';
import type { PolicyReference } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import type { Installation } from './installation.ts';
import { findPolicy } from './policies.ts';

/**
 * The policy a reference means: the document itself, a draft, or a published version.
 *
 * @throws {ApiFailure} `policy_missing` or `version_missing`.
 */
export function resolveReference(reference: PolicyReference, { store }: Installation): Policy {
  if ('policy' in reference) return reference.policy;
  const { id, version } = reference;
  const state = store.read();
  if (version === undefined) return findPolicy(state, id).policy;
  const found = state.versions.find((one) => one.policyId === id && one.version === version);
  if (found !== undefined) return found.policy;
  throw new ApiFailure(404, 'version_missing', `Policy "${id}" has no version ${version}.`);
}
