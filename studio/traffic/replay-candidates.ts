import type { CallAnswer } from '../client/call-api.ts';

type Envelope = Pick<CallAnswer<'readPolicy'>, 'policy' | 'versions'>;
type Listed = Pick<CallAnswer<'listPolicies'>['policies'][number], 'id' | 'name'>;

/** What a request can be replayed under, by how a person names it: `support@3`, `support` for a draft. */
export interface CandidateGroup {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

/** The policy's own draft and versions but the one that decided, then the drafts of others. */
export function candidatesOf(
  own: Envelope | undefined,
  policies: readonly Listed[],
  decidedBy: number | null,
): CandidateGroup[] {
  const groups: CandidateGroup[] = [];
  if (own !== undefined) {
    const { policy, versions } = own;
    groups.push({
      group: policy.name,
      items: [
        { value: policy.id, label: `${policy.id}, draft` },
        ...versions
          .filter(({ version }) => version !== decidedBy)
          .map(({ version, note }) => ({
            value: `${policy.id}@${version}`,
            label: `${policy.id}, version ${version}${note === '' ? '' : `: ${note.slice(0, 40)}`}`,
          })),
      ],
    });
  }
  const others = policies.filter(({ id }) => id !== own?.policy.id);
  if (others.length > 0)
    groups.push({
      group: 'Other policies',
      items: others.map(({ id, name }) => ({ value: id, label: `${name}, draft` })),
    });
  return groups;
}

/** `support@3` → the version, `support` → the draft. */
export function referenceOf(candidate: string): { readonly id: string; readonly version?: number } {
  const at = candidate.lastIndexOf('@');
  if (at === -1) return { id: candidate };
  return { id: candidate.slice(0, at), version: Number(candidate.slice(at + 1)) };
}

type Outcome = Pick<CallAnswer<'simulatePolicy'>, 'records' | 'evidence' | 'cost_nano_usd' | 'changes'>;
type Trial = Pick<CallAnswer<'tryRequest'>, 'attempts' | 'refusal'>;

const evidenceWords = {
  observed: 'as it was: the same target answered',
  repriced: 'the same tokens at the other target’s prices',
  modelled: 'estimated from how that target does otherwise',
  unknown: 'unknown: nothing tells what it would have used',
} as const;

/**
 * What a replayed request would have cost, and how that is known. From the what-if of its millisecond, where it is alone
 * or among the changed ones; else what a typical answer costs.
 */
export function replayCost(
  id: string,
  recorded: number | null,
  outcome: Outcome | undefined,
  trial: Trial,
): { readonly costNanoUsd: number | null; readonly evidence: string } {
  if (outcome !== undefined && outcome.records === 1) {
    const kinds = ['observed', 'repriced', 'modelled', 'unknown'] as const;
    const kind = kinds.find((one) => outcome.evidence[one] > 0) ?? 'unknown';
    const costNanoUsd = kind === 'unknown' ? null : outcome.cost_nano_usd.after;
    return { costNanoUsd, evidence: evidenceWords[kind] };
  }
  const change = outcome?.changes.find((one) => one.id === id);
  if (change !== undefined)
    return { costNanoUsd: change.cost_after, evidence: evidenceWords[change.evidence] };
  if (outcome !== undefined && outcome.records > 1)
    return { costNanoUsd: recorded, evidence: evidenceWords.observed };
  if (trial.refusal !== null) return { costNanoUsd: 0, evidence: 'nobody would be called' };
  return {
    costNanoUsd: trial.attempts[0]?.expectedCostNanoUsd ?? null,
    evidence: 'expected for an answer of 400 tokens',
  };
}
