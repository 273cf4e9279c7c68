import { searchOf } from './audit-filter.ts';

/**
 * The entries of a policy from when one of its versions was published, give or take a minute: a version's time is
 * taken when publishing begins, its entry's when that is written.
 *
 * @param at ISO 8601.
 */
export function auditOfVersion(policy: string, at: string): string {
  const published = Date.parse(at);
  const day = (ms: number) => new Date(ms).toISOString();
  const ask = { subject: policy, actor: '', action: '', period: 'all' } as const;
  return `/audit?${searchOf({ ...ask, from: day(published - 1_000), to: day(published + 60_000) })}`;
}
