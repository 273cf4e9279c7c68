import type { Policy } from '#engine/policy/index.ts';
import type { PublishLimits } from '../../contract/proposal-shape.ts';
import { ApiFailure } from '../../errors.ts';
import type { Installation } from '../installation.ts';
import { playCases } from '../policies/cases.ts';
import { findSimulation } from '../what-if/simulations.ts';

/** @throws {ApiFailure} `cases_fail` where a case of the policy fails and nobody says why it is published anyway. */
export function requireCases(policy: Policy, override: string | undefined, installation: Installation): void {
  if (override !== undefined) return;
  const cases = installation.store.read().cases.find(({ policyId }) => policyId === policy.id)?.cases ?? [];
  const failing = playCases(policy, cases, installation).filter(({ passed }) => !passed);
  const [first] = failing;
  if (first === undefined) return;
  throw new ApiFailure(
    409,
    'cases_fail',
    `${failing.length} of ${cases.length} cases fail, "${first.name}" first: ${first.differences[0] ?? ''} Mend the draft or its cases, or say in "cases_override" why it is published anyway.`,
  );
}

/**
 * Holds a what-if against the limits of its author.
 *
 * @throws {ApiFailure} `limit_exceeded` with the figures; `limits_need_simulation`.
 */
export async function requireWithin(
  limits: PublishLimits | undefined,
  simulation: string | undefined,
  installation: Installation,
): Promise<void> {
  if (limits === undefined || Object.values(limits).every((limit) => limit === undefined)) return;
  if (simulation === undefined) {
    throw new ApiFailure(
      409,
      'limits_need_simulation',
      'Limits are held against a what-if. Name a kept one in "simulation".',
    );
  }
  const { result } = await findSimulation(simulation, installation);
  const broken = [
    ...costBeyond(limits, result.cost_nano_usd),
    ...changedBeyond(limits, result),
    ...latencyBeyond(limits, result.latency.after.p99),
  ];
  if (broken.length > 0) throw new ApiFailure(409, 'limit_exceeded', broken.join(' '));
}

function costBeyond(
  { cost }: PublishLimits,
  { before, high }: { readonly before: number; readonly high: number },
): readonly string[] {
  if (cost === undefined || high <= before * (1 + cost)) return [];
  const change = before === 0 ? 'from nothing' : `by up to ${percent((high - before) / before)}`;
  return [
    `The cost may change ${change} ($${dollars(before)} to $${dollars(high)}); ${percent(cost)} is allowed.`,
  ];
}

function changedBeyond(
  { changed: allowed }: PublishLimits,
  { changed, records }: { readonly changed: number; readonly records: number },
): readonly string[] {
  if (allowed === undefined || changed <= allowed * records) return [];
  return [
    `${changed} of ${records} requests (${percent(changed / records)}) are decided otherwise; ${percent(allowed)} are allowed.`,
  ];
}

function latencyBeyond({ p99_ms: allowed }: PublishLimits, p99: number | null): readonly string[] {
  if (allowed === undefined || p99 === null || p99 <= allowed) return [];
  return [`One request in a hundred takes longer than ${Math.round(p99)} ms; ${allowed} ms are allowed.`];
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function dollars(nano: number): string {
  return (nano / 1e9).toFixed(2);
}
