import { describeScope } from './budgets/budget.ts';
import type { Counted } from './budgets/budget-book.ts';
import type { Denial } from './denial.ts';
import type { Admitted } from './limits/rate-limit-store.ts';
import type { Grant } from './scopes/grant.ts';

/** A budget without room for a call: which one and when it begins anew, not how much it holds. */
export function budgetFull({ budget, clock }: Counted, now: number): Denial {
  const { until, sliceMs } = clock.at(now);
  const which = `The budget "${budget.id}" (${describeScope(budget.scope)}, ${budget.kind === 'rolling' ? 'rolling ' : ''}${budget.window})`;
  const what = 'has not enough left for this request.';
  const when =
    until !== null
      ? `It begins anew at ${new Date(until).toISOString()}.`
      : sliceMs === null
        ? 'It does not begin anew: ask whoever set it.'
        : 'It moves along with time: room comes back as what was spent grows old.';
  return {
    code: 'budget_exceeded',
    status: 429,
    message: `${which} ${what} ${when}`,
    retryAfterMs: until === null ? sliceMs : until - now,
    error: 'rate_limit',
  };
}

/** A budget that nobody can look up, and that refuses then. */
export function budgetDown({ budget }: Counted): Denial {
  return {
    code: 'budget_store_down',
    status: 503,
    message: `The budget "${budget.id}" (${describeScope(budget.scope)}) cannot be looked up at the moment, and lets nothing pass then. Try again.`,
    retryAfterMs: 5_000,
    error: 'unavailable',
  };
}

/** A limit of key or team without room. */
export function rateFull(
  { key }: Grant,
  { limit, retryAfterMs }: Extract<Admitted, { kind: 'full' }>,
  tokens: number,
): Denial {
  const whose = limit.id.startsWith('key ') ? `The key "${key}"` : `The team of the key "${key}"`;
  const allowed = {
    requests: `may make ${limit.limit} requests a minute`,
    tokens: `may use ${limit.limit} tokens a minute`,
    concurrency: `may have ${limit.limit} requests running at a time`,
  }[limit.unit];
  const tooLarge = limit.unit === 'tokens' && tokens > limit.limit;
  const what = tooLarge
    ? `; this request alone is expected to use ${tokens}. Make it shorter, or ask for fewer output tokens.`
    : retryAfterMs === null
      ? '. Wait until one has ended.'
      : `. Try again in ${Math.max(1, Math.ceil(retryAfterMs / 1_000))} s.`;
  return {
    code: 'rate_limit_exceeded',
    status: 429,
    message: `${whose} ${allowed}${what}`,
    retryAfterMs: limit.unit === 'concurrency' ? 1_000 : retryAfterMs,
    error: 'rate_limit',
  };
}
