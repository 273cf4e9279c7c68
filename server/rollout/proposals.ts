import type { Proposal, PublishingRules } from '../contract/proposal-shape.ts';
import { ApiFailure } from '../errors.ts';
import type { Configuration, StoredVersion } from '../store/config-store.ts';
import { newestVersion } from '../store/policy-folder.ts';
import { publishVersion } from './publish-version.ts';

/** So many proposals that ended are kept to be looked at; the audit keeps all. */
const keptEnded = 200;

/** Whether a policy is published only after a second person agreed. */
export function needsApproval({ approval }: PublishingRules, policyId: string): boolean {
  return approval.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(policyId);
  });
}

export function isOpen({ state }: Proposal): boolean {
  return state === 'waiting' || state === 'scheduled';
}

/**
 * A publication begins to wait. One a policy at a time.
 *
 * @throws {ApiFailure} `proposal_open`.
 */
export function addProposal(state: Configuration, proposal: Proposal): Configuration {
  const open = state.proposals.find((one) => one.policyId === proposal.policyId && isOpen(one));
  if (open !== undefined) {
    throw new ApiFailure(
      409,
      'proposal_open',
      `${open.author} has proposed a version of "${open.policyId}" that still waits. Have it decided or taken back first.`,
    );
  }
  const ended = state.proposals.filter((one) => !isOpen(one)).slice(-keptEnded);
  return { ...state, proposals: [...ended, ...state.proposals.filter(isOpen), proposal] };
}

/** @throws {ApiFailure} `proposal_missing`, `proposal_decided`. */
export function openProposal({ proposals }: Configuration, id: string): Proposal {
  const found = proposals.find((one) => one.id === id);
  if (found === undefined) throw new ApiFailure(404, 'proposal_missing', 'There is no such proposal.');
  if (isOpen(found)) return found;
  throw new ApiFailure(409, 'proposal_decided', `This proposal is ${found.state} already.`);
}

/** What changes when a proposal is decided or ends. */
export type ProposalChange = Partial<
  Pick<Proposal, 'state' | 'decidedBy' | 'decidedAt' | 'reason' | 'version'>
>;

export function changeProposal(state: Configuration, id: string, change: ProposalChange): Configuration {
  return {
    ...state,
    proposals: state.proposals.map((one) => (one.id === id ? { ...one, ...change } : one)),
  };
}

/**
 * A proposal becomes a version. Its author stays the version's author.
 *
 * @throws {ApiFailure} what `publishVersion` throws.
 */
export function publishProposal(
  state: Configuration,
  proposal: Proposal,
  asked: Pick<StoredVersion, 'at' | 'pools'> & { readonly change: ProposalChange },
): Configuration {
  const { policyId, policy, hash, note, author, simulation, rollout, id } = proposal;
  const { at, change, pools } = asked;
  const version = {
    policyId,
    hash,
    note,
    author,
    at,
    policy,
    ...(pools === undefined ? {} : { pools }),
    ...(simulation === undefined ? {} : { simulation }),
  };
  const after = publishVersion(state, version, rollout);
  const number = newestVersion(after, policyId)?.version ?? null;
  return changeProposal(after, id, { ...change, state: 'published', version: number });
}
