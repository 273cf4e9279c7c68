import { randomUUID } from 'node:crypto';
import { modelFactsOf } from '../../catalogue/model-facts.ts';
import type { calls } from '../../contract/index.ts';
import type { Proposal } from '../../contract/proposal-shape.ts';
import { ApiFailure } from '../../errors.ts';
import { addProposal, needsApproval, publishProposal } from '../../rollout/proposals.ts';
import { publishVersion } from '../../rollout/publish-version.ts';
import type { StoredPolicy, StoredVersion } from '../../store/config-store.ts';
import { keptPools } from '../../store/kept-pools.ts';
import { newestVersion } from '../../store/policy-folder.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { describePolicy, describeVersion, hashOf } from '../policies/describe-policy.ts';
import { findPolicy, refuseFilePolicy, requireRevision } from '../policies/policies.ts';
import { requireSound } from '../policies/review.ts';
import { findSimulation } from '../what-if/simulations.ts';
import { requireCases, requireWithin } from './publish-gate.ts';

export const publishPolicy: Handler<typeof calls.publishPolicy> = async (input, installation) => {
  const { params, body, actor } = input;
  const { store, clock } = installation;
  const { id } = params;
  refuseFilePolicy(id, installation);
  const draft = findPolicy(store.read(), id);
  requireRevision(draft, body.revision);
  requireSound(draft.policy, installation);
  const hash = hashOf(draft.policy);
  const judgedBy = await judgement(body.simulation, hash, installation);
  requireCases(draft.policy, body.cases_override, installation);
  await requireWithin(body.limits, body.simulation, installation);
  const asks = needsApproval(store.read().publishing, id);
  if (asks || body.due !== undefined) return propose(input, installation, { draft, hash, judgedBy });
  const kept = keptPools(draft.policy, modelFactsOf(installation));
  const before = newestVersion(store.read(), id);
  const at = new Date(clock()).toISOString();
  const { note, rollout } = body;
  await store.update(
    {
      actor,
      action: 'policy.publish',
      subject: id,
      before: before === undefined ? null : { version: before.version, hash: before.hash },
      after: { version: (before?.version ?? 0) + 1, hash, note, ...saidWith(body) },
    },
    (state) => {
      requireRevision(findPolicy(state, id), body.revision);
      if (needsApproval(state.publishing, id))
        throw new ApiFailure(409, 'approval_needed', `"${id}" needs a second person since a moment ago.`);
      const asked = {
        policyId: id,
        hash,
        note,
        author: actor,
        at,
        policy: draft.policy,
        ...kept,
        ...judgedBy,
      };
      return publishVersion(state, asked, rollout);
    },
  );
  return describePolicy(findPolicy(store.read(), id), installation);
};

type PublishInput = Parameters<typeof publishPolicy>[0];

/** What the audit says of a publication beside its version. */
function saidWith({ rollout, limits, cases_override }: PublishInput['body']) {
  return {
    ...(rollout === undefined ? {} : { rollout }),
    ...(limits === undefined ? {} : { limits }),
    ...(cases_override === undefined ? {} : { cases_override }),
  };
}

/** It waits for a second person, or for its time. @throws {ApiFailure} */
async function propose(
  { params: { id }, body, actor }: PublishInput,
  installation: Installation,
  parts: {
    readonly draft: StoredPolicy;
    readonly hash: string;
    readonly judgedBy: Pick<StoredVersion, 'simulation'>;
  },
): Promise<ReturnType<typeof describePolicy> & { readonly proposal: Proposal }> {
  const { store, clock } = installation;
  const due = body.due === undefined ? null : new Date(body.due).toISOString();
  if (due !== null && Date.parse(due) <= clock())
    throw new ApiFailure(400, 'invalid_request', `body.due: ${due} has passed. State a time to come.`);
  const { draft, hash, judgedBy } = parts;
  const proposal: Proposal = {
    id: randomUUID(),
    policyId: id,
    policy: draft.policy,
    hash,
    note: body.note,
    ...(judgedBy.simulation === undefined ? {} : { simulation: judgedBy.simulation }),
    ...(body.rollout === undefined ? {} : { rollout: body.rollout }),
    due,
    author: actor,
    at: new Date(clock()).toISOString(),
    state: needsApproval(store.read().publishing, id) ? 'waiting' : 'scheduled',
    decidedBy: null,
    decidedAt: null,
    reason: '',
    version: null,
  };
  const after = {
    proposal: proposal.id,
    state: proposal.state,
    hash,
    note: body.note,
    due,
    ...saidWith(body),
  };
  await store.update({ actor, action: 'policy.propose', subject: id, before: null, after }, (state) => {
    requireRevision(findPolicy(state, id), body.revision);
    // Tried, so that what could never be published is refused now and not when it is approved.
    const kept = keptPools(draft.policy, modelFactsOf(installation));
    publishProposal(state, proposal, { at: proposal.at, ...kept, change: {} });
    return addProposal(state, proposal);
  });
  return { ...describePolicy(findPolicy(store.read(), id), installation), proposal };
}

/**
 * The kept what-if that a version names.
 *
 * @throws {ApiFailure} `simulation_missing`, or `other_policy_simulated` where it is not about this draft.
 */
async function judgement(
  id: string | undefined,
  hash: string,
  installation: Installation,
): Promise<Pick<StoredVersion, 'simulation'>> {
  if (id === undefined) return {};
  const { candidate } = await findSimulation(id, installation);
  if (candidate.hash === hash) return { simulation: id };
  throw new ApiFailure(
    409,
    'other_policy_simulated',
    'The what-if that this version was judged by is about another draft. Run it again on this one.',
  );
}

export const readVersion: Handler<typeof calls.readVersion> = ({ params }, { store }) => {
  const versions = store.read().versions.filter(({ policyId }) => policyId === params.id);
  const found = versions.find(({ version }) => version === params.version);
  if (found !== undefined) return { ...describeVersion(found), policy: found.policy, pools: poolsOf(found) };
  const newest = versions.reduce((most, { version }) => Math.max(most, version), 0);
  throw new ApiFailure(
    404,
    'version_missing',
    newest === 0
      ? `Policy "${params.id}" has no published version.`
      : `Policy "${params.id}" has versions 1 to ${newest}, not ${params.version}.`,
  );
};

function poolsOf({ policy, pools }: StoredVersion): 'none' | 'kept' | 'present' {
  if (pools !== undefined) return 'kept';
  return Object.values(policy.nodes).some(({ kind }) => kind === 'pool') ? 'present' : 'none';
}
