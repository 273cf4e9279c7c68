import { modelFactsOf } from '../../catalogue/model-facts.ts';
import type { calls, Principal } from '../../contract/index.ts';
import { mayIn } from '../../contract/index.ts';
import type { Proposal } from '../../contract/proposal-shape.ts';
import { ApiFailure } from '../../errors.ts';
import { changeProposal, isOpen, openProposal, publishProposal } from '../../rollout/proposals.ts';
import { keptPools } from '../../store/kept-pools.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { requireSound } from '../policies/review.ts';
import { requireIn } from '../require-in.ts';

export const readPublishing: Handler<typeof calls.readPublishing> = (_, { store }) => ({
  approval: [...store.read().publishing.approval],
});

export const writePublishing: Handler<typeof calls.writePublishing> = async (
  { body, actor, principal },
  { store },
) => {
  requireIn(principal, 'people.manage', null);
  const audit = { actor, action: 'publishing.write', subject: 'publishing', after: body };
  const state = await store.update({ ...audit, before: store.read().publishing }, (now) => ({
    ...now,
    publishing: { approval: [...new Set(body.approval)] },
  }));
  return { approval: [...state.publishing.approval] };
};

export const listProposals: Handler<typeof calls.listProposals> = ({ principal }, { store }) => ({
  proposals: store
    .read()
    .proposals.toReversed()
    .map((one) => ({
      ...one,
      mayApprove: one.state === 'waiting' && mayDecide(principal, one),
      mayWithdraw: isOpen(one) && one.author === principal.id,
    })),
});

export const decideProposal: Handler<typeof calls.decideProposal> = async (
  { params: { id }, body: { decision, reason }, actor, principal },
  installation,
) => {
  const { store, clock } = installation;
  const at = new Date(clock()).toISOString();
  const proposal = openProposal(store.read(), id);
  requireOther(decision, proposal, principal);
  const change = { decidedBy: actor, decidedAt: at, reason };
  const audit = { actor, subject: proposal.policyId, before: { id, state: proposal.state } };
  if (decision !== 'approve') {
    const state = decision === 'reject' ? ('rejected' as const) : ('withdrawn' as const);
    await store.update({ ...audit, action: `proposal.${decision}`, after: { state, reason } }, (now) => {
      openProposal(now, id);
      return changeProposal(now, id, { ...change, state });
    });
    return proposalNamed(id, installation);
  }
  requireSound(proposal.policy, installation);
  const isLater = proposal.due !== null && Date.parse(proposal.due) > clock();
  const kept = keptPools(proposal.policy, modelFactsOf(installation));
  const after = { author: proposal.author, hash: proposal.hash, due: proposal.due, reason };
  await store.update({ ...audit, action: 'proposal.approve', after }, (now) => {
    const open = openProposal(now, id);
    if (open.state !== 'waiting')
      throw new ApiFailure(409, 'proposal_decided', 'This proposal is approved already.');
    return isLater
      ? changeProposal(now, id, { ...change, state: 'scheduled' })
      : publishProposal(now, open, { at, ...kept, change });
  });
  return proposalNamed(id, installation);
};

/** Who may decide what others proposed: a principal of another id, with the right to publish everywhere. */
function mayDecide(principal: Principal, { author }: Proposal): boolean {
  return principal.id !== author && mayIn(principal, 'policies.publish', null);
}

/** @throws {ApiFailure} `own_proposal`, `not_own_proposal`, `not_permitted`. */
function requireOther(
  decision: 'approve' | 'reject' | 'withdraw',
  proposal: Proposal,
  principal: Principal,
): void {
  const { author } = proposal;
  if (decision === 'withdraw') {
    if (principal.id === author) return;
    throw new ApiFailure(403, 'not_own_proposal', `Only ${author} takes this back; reject it with a reason.`);
  }
  requireIn(principal, 'policies.publish', null);
  if (mayDecide(principal, proposal)) return;
  throw new ApiFailure(
    403,
    'own_proposal',
    `You proposed this version yourself (as ${author}). Somebody else decides; you can take it back.`,
  );
}

function proposalNamed(id: string, { store }: Installation): Proposal {
  const found = store.read().proposals.find((one) => one.id === id);
  if (found === undefined) throw new Error(`The proposal ${id} is gone.`);
  return found;
}
