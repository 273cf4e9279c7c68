import type { ErrorClass } from '#engine/nodes/index.ts';

/** Why governance does not let a request, or one of its calls, go on: a code from a closed list. */
export interface Denial {
  readonly code:
    | 'key_expired'
    | 'model_not_allowed'
    | 'rate_limit_exceeded'
    | 'budget_exceeded'
    | 'budget_store_down';
  /** HTTP status. */
  readonly status: 401 | 403 | 429 | 503;
  /** What is wrong and what would be right; never the numbers of another team. */
  readonly message: string;
  /** When it makes sense to ask again, ms; `null` where nobody can say, or it never will. */
  readonly retryAfterMs: number | null;
  /** How a fallback takes it, where it was one of its calls. */
  readonly error: Extract<ErrorClass, 'unavailable' | 'rate_limit'>;
}

/** Headers of a reply that tells a denial. `x-should-retry` keeps official clients from asking a used up budget again. */
export function denialHeaders({ code, retryAfterMs }: Denial): Readonly<Record<string, string>> {
  return {
    ...(retryAfterMs === null ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }),
    ...(code === 'budget_exceeded' || (code === 'rate_limit_exceeded' && retryAfterMs === null)
      ? { 'x-should-retry': 'false' }
      : {}),
  };
}
