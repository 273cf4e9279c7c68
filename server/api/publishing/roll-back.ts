import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { rollBack } from '../../rollout/roll-back.ts';
import { newestVersion } from '../../store/policy-folder.ts';
import type { Handler } from '../handler.ts';
import { describePolicy } from '../policies/describe-policy.ts';
import { findPolicy, refuseFilePolicy } from '../policies/policies.ts';
import { requireSound } from '../policies/review.ts';

export const rollBackPolicy: Handler<typeof calls.rollBackPolicy> = async (
  { params: { id }, body: { version, from, reason }, actor },
  installation,
) => {
  const { store, clock } = installation;
  refuseFilePolicy(id, installation);
  findPolicy(store.read(), id);
  const to = store.read().versions.find((one) => one.policyId === id && one.version === version);
  // What keys and regions are promised holds for what comes back, too.
  if (to !== undefined) requireSound(to.policy, installation);
  const before = newestVersion(store.read(), id);
  const at = new Date(clock()).toISOString();
  await store.update(
    {
      actor,
      action: 'policy.roll_back',
      subject: id,
      before: before === undefined ? null : { version: before.version, hash: before.hash },
      after: { version: (before?.version ?? 0) + 1, hash: to?.hash ?? null, back_to: version },
      reason,
    },
    (state) => {
      const newest = newestVersion(state, id)?.version;
      if (newest !== undefined && newest !== from)
        throw new ApiFailure(
          409,
          'newer_version',
          `Version ${newest} was published meanwhile; this was asked when version ${from} was the newest.`,
        );
      return rollBack(state, { policyId: id, version, reason, at, by: actor });
    },
  );
  return describePolicy(findPolicy(store.read(), id), installation);
};
