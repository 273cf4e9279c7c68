import { type FindingFacts, reviewPolicy } from '#engine/explain/index.ts';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { hasErrors, type Policy } from '#engine/policy/index.ts';
import { modelFactsOf } from '../../catalogue/model-facts.ts';
import { ApiFailure } from '../../errors.ts';
import { defaultDeadlines } from '../../gateway/deadlines.ts';
import type { Installation } from '../installation.ts';
import { makeTargetView } from './target-view.ts';

type Known = Pick<Installation, 'catalogue' | 'priceBook' | 'config' | 'providers' | 'store'>;

/** Everything that is wrong with a policy here: its diagnostics and its findings, with what this installation knows. */
export function reviewHere(policy: Policy, installation: Known): readonly Diagnostic[] {
  const facts: FindingFacts = {
    models: modelFactsOf(installation),
    zeroRetention: zeroRetentionCallers(policy.id, installation),
    regionBound: regionBoundKeys(policy.id, installation),
    defaultAttemptMs: defaultDeadlines.totalMs,
  };
  return reviewPolicy(policy, makeTargetView(installation), facts);
}

/** @throws {ApiFailure} `policy_invalid` with the diagnostics, when something in a policy must not be published. */
export function requireSound(policy: Policy, installation: Known): void {
  const diagnostics = reviewHere(policy, installation);
  if (!hasErrors(diagnostics)) return;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  throw new ApiFailure(
    422,
    'policy_invalid',
    `The policy has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}: ${errors[0]?.message ?? ''}`,
    { diagnostics },
  );
}

/** Keys of zero retention, their own or their team's, that this policy may serve; a team that has no keys yet counts as a whole. */
export function zeroRetentionCallers(
  policy: string,
  { config: { file }, store }: Known,
): NonNullable<FindingFacts['zeroRetention']> {
  const keys = [...file.keys, ...store.read().keys];
  const teams = [...file.teams, ...store.read().teams];
  const zeroTeams = new Set(teams.flatMap(({ id, retention }) => (retention === 'zero' ? [id] : [])));
  const callers = keys
    .filter((key) => key.retention === 'zero' || zeroTeams.has(key.team))
    .filter(({ policies }) => policies === undefined || policies.some((one) => fits(one, policy)))
    .map(({ id, team }) => ({ team, key: id }));
  const idle = [...zeroTeams].filter((team) => !keys.some((key) => key.team === team));
  return [...idle.map((team) => ({ team, key: null })), ...callers];
}

/** Keys that may reach some regions only, and that this policy may serve. */
export function regionBoundKeys(
  policy: string,
  { config: { file }, store }: Known,
): NonNullable<FindingFacts['regionBound']> {
  const teams = [...file.teams, ...store.read().teams];
  const zeroTeams = new Set(teams.flatMap(({ id, retention }) => (retention === 'zero' ? [id] : [])));
  return [...file.keys, ...store.read().keys].flatMap(({ id, team, regions, retention, policies }) => {
    const isServed = policies === undefined || policies.some((one) => fits(one, policy));
    if (regions === undefined || !isServed) return [];
    const keeps = retention === 'zero' || zeroTeams.has(team) ? ('zero' as const) : ('retains' as const);
    return [{ team, key: id, retention: keeps, regions }];
  });
}

/** `*` stands for any characters. */
function fits(pattern: string, id: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(id);
}
