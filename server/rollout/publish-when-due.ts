import type { Logger } from 'pino';
import type { Policy } from '#engine/policy/index.ts';
import type { Proposal } from '../contract/proposal-shape.ts';
import { ApiFailure, messageOf } from '../errors.ts';
import type { ConfigStore, StoredVersion } from '../store/config-store.ts';
import { changeProposal, openProposal, publishProposal } from './proposals.ts';

/** Publishes what was scheduled, when it is due. */
export interface Schedule {
  /** Looks once, as the timer does. */
  look(): Promise<void>;
  close(): void;
}

const lookEveryMs = 1_000;
const actor = 'schedule';

/**
 * Looks every second for scheduled publications that are due; those whose time passed while no process ran are published
 * at the first look. One that can no longer be published fails, with the reason.
 */
export function publishWhenDue(parts: {
  readonly store: ConfigStore;
  readonly clock: () => number;
  readonly logger: Logger;
  /** Throws `ApiFailure` where a document must not be published here and now. */
  readonly requireSound: (policy: Policy) => void;
  readonly poolsOf: (policy: Policy) => Pick<StoredVersion, 'pools'>;
}): Schedule {
  const { store, clock, logger } = parts;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const due = store
        .read()
        .proposals.filter((one) => one.state === 'scheduled' && Date.parse(one.due ?? one.at) <= clock());
      for (const proposal of due) await publish(proposal);
    } finally {
      looking = false;
    }
  }

  async function publish(proposal: Proposal): Promise<void> {
    const at = new Date(clock()).toISOString();
    const { id, policyId, hash, note, due } = proposal;
    try {
      parts.requireSound(proposal.policy);
      const after = { proposal: id, hash, note, due };
      const audit = { actor, action: 'policy.publish', subject: policyId, before: null, after };
      await store.update(audit, (state) =>
        publishProposal(state, openProposal(state, id), {
          at,
          ...parts.poolsOf(proposal.policy),
          change: {},
        }),
      );
    } catch (cause) {
      await fail(proposal, cause);
    }
  }

  async function fail({ id, policyId }: Proposal, cause: unknown): Promise<void> {
    // Another gateway has published it meanwhile.
    if (cause instanceof ApiFailure && cause.code === 'proposal_decided') return;
    const reason = messageOf(cause);
    if (!(cause instanceof ApiFailure)) {
      logger.error({ err: cause, policyId }, `a scheduled version cannot be published yet: ${reason}`);
      return;
    }
    const audit = { actor, action: 'proposal.fail', subject: policyId, before: { id }, after: { reason } };
    await store.update(audit, (state) => changeProposal(state, id, { state: 'failed', reason }));
  }

  const run = () =>
    look().catch((cause) => logger.error({ err: cause }, `the schedule cannot be kept: ${messageOf(cause)}`));
  const timer = setInterval(() => void run(), lookEveryMs);
  timer.unref();
  return { look, close: () => clearInterval(timer) };
}
