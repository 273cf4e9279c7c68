import { slugPattern } from '#engine/nodes/index.ts';
import { compilePolicy } from '#engine/plan/index.ts';
import { emptyPolicy, type Policy, parsePolicy, semanticHash } from '#engine/policy/index.ts';
import { modelFactsOf } from '../../catalogue/model-facts.ts';
import { placeDiagnostics } from '../../cli/place-diagnostics.ts';
import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { Configuration, StoredPolicy } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { deploymentsIn, describePolicy, hashOf, summarizePolicy } from './describe-policy.ts';
import { reviewHere } from './review.ts';
import { makeTargetView } from './target-view.ts';

export const listPolicies: Handler<typeof calls.listPolicies> = (_, installation) => ({
  policies: installation.store
    .read()
    .policies.map((stored) => summarizePolicy(stored, installation))
    .sort((left, right) => left.name.localeCompare(right.name)),
});

export const readPolicy: Handler<typeof calls.readPolicy> = ({ params }, installation) =>
  describePolicy(findPolicy(installation.store.read(), params.id), installation);

export const createPolicy: Handler<typeof calls.createPolicy> = async ({ body, actor }, installation) => {
  const { store, clock } = installation;
  const updatedAt = new Date(clock()).toISOString();
  const id = body.id ?? freeId(store.read(), body.name);
  if (!slugPattern.test(id)) {
    throw new ApiFailure(
      400,
      'invalid_request',
      `"${id}" cannot be the id of a policy. Ids start with a lower-case letter, then letters, digits, - or _, at most 64 characters.`,
    );
  }
  const policy: Policy = { ...(body.policy ?? emptyPolicy(id, body.name)), id, name: body.name };
  const stored: StoredPolicy = { id, policy, revision: 1, updatedAt, updatedBy: actor };
  await store.update(
    {
      actor,
      action: 'policy.create',
      subject: id,
      before: null,
      after: { revision: 1, hash: semanticHash(policy) },
    },
    (state) => {
      if (state.policies.some((one) => one.id === id))
        throw new ApiFailure(409, 'policy_exists', `There is a policy "${id}" already. Choose another id.`);
      return { ...state, policies: [...state.policies, stored] };
    },
  );
  return describePolicy(findPolicy(store.read(), id), installation);
};

/** `Support routing` → `support-routing`, with a number where that is taken. */
function freeId(state: Configuration, name: string): string {
  const bare = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 56)
    .replace(/-+$/, '');
  const slug = bare === '' ? 'policy' : bare;
  const taken = new Set([
    ...state.policies.map(({ id }) => id),
    // The versions of a deleted policy still belong to its id.
    ...state.versions.map(({ policyId }) => policyId),
  ]);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.has(id)) return id;
  }
}

export const writeDraft: Handler<typeof calls.writeDraft> = async ({ params, body, actor }, installation) => {
  const { store, clock } = installation;
  const { id } = params;
  refuseFilePolicy(id, installation);
  if (body.policy.id !== id) {
    throw new ApiFailure(
      400,
      'invalid_request',
      `The document's id is "${body.policy.id}", but it was sent to "${id}". An id never changes; create a new policy instead.`,
    );
  }
  const before = findPolicy(store.read(), id);
  const after = { revision: body.revision + 1, hash: semanticHash(body.policy) };
  await store.update(
    {
      actor,
      action: 'policy.write',
      subject: id,
      before: { revision: before.revision, hash: hashOf(before.policy) },
      after,
    },
    (state) => {
      requireRevision(findPolicy(state, id), body.revision);
      const updatedAt = new Date(clock()).toISOString();
      const draft = { id, policy: body.policy, revision: after.revision, updatedAt, updatedBy: actor };
      return { ...state, policies: state.policies.map((one) => (one.id === id ? draft : one)) };
    },
  );
  return describePolicy(findPolicy(store.read(), id), installation);
};

export const deletePolicy: Handler<typeof calls.deletePolicy> = async ({ params, actor }, installation) => {
  const { store } = installation;
  const { id } = params;
  refuseFilePolicy(id, installation);
  const stored = findPolicy(store.read(), id);
  await store.update(
    {
      actor,
      action: 'policy.delete',
      subject: id,
      before: { revision: stored.revision, hash: hashOf(stored.policy) },
      after: null,
    },
    (state) => {
      const aliases = deploymentsIn(installation).filter(({ policy }) => policy === id);
      if (aliases.length > 0) {
        const names = aliases.map(({ alias }) => `"${alias}"`).join(', ');
        throw new ApiFailure(
          409,
          'policy_in_use',
          `${names} ${aliases.length === 1 ? 'points' : 'point'} at this policy. Point ${aliases.length === 1 ? 'it' : 'them'} elsewhere first.`,
        );
      }
      return { ...state, policies: state.policies.filter((one) => one.id !== id) };
    },
  );
  return {};
};

export const checkText: Handler<typeof calls.checkText> = ({ body }, installation) => {
  const parsed = parsePolicy(body.text);
  if (parsed.kind === 'bad') return { diagnostics: [...parsed.diagnostics], hash: null };
  const diagnostics = placeDiagnostics(body.text, reviewHere(parsed.policy, installation));
  return { diagnostics: [...diagnostics], hash: semanticHash(parsed.policy) };
};

/** @throws {ApiFailure} `policy_missing`. */
export function findPolicy(state: Configuration, id: string): StoredPolicy {
  const found = state.policies.find((one) => one.id === id);
  if (found !== undefined) return found;
  const known = state.policies.map((one) => one.id).join(', ');
  throw new ApiFailure(
    404,
    'policy_missing',
    `There is no policy "${id}". ${known === '' ? 'There is none yet.' : `There are: ${known}.`}`,
  );
}

/** @throws {ApiFailure} `policy_invalid` with the diagnostics, when a policy cannot be run. */
export function requireCompiles(policy: Policy, installation: Installation): void {
  const { kind, diagnostics } = compilePolicy(policy, {
    targets: makeTargetView(installation),
    models: modelFactsOf(installation),
  });
  if (kind === 'ok') return;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  throw new ApiFailure(
    422,
    'policy_invalid',
    `The policy has ${errors === 1 ? 'an error' : `${errors} errors`}: ${diagnostics[0]?.message ?? ''}`,
    { diagnostics },
  );
}

/** @throws {ApiFailure} `revision_conflict` with the revision that is there. */
export function requireRevision(stored: StoredPolicy, revision: number): void {
  if (stored.revision === revision) return;
  throw new ApiFailure(
    409,
    'revision_conflict',
    `Somebody saved this policy in the meantime: it is at revision ${stored.revision} now, and this was made from ${revision}.`,
    { revision: stored.revision },
  );
}

/** @throws {ApiFailure} `managed_by_file`. */
export function refuseFilePolicy(id: string, { files }: Installation): void {
  if (!files.has(id)) return;
  throw new ApiFailure(
    409,
    'managed_by_file',
    `Policy "${id}" comes from a file and is changed there; the studio shows it read-only.`,
  );
}
