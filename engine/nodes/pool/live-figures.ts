import type { Candidate } from './candidate.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { Floors } from './pool-settings.ts';
import type { PreparedPool } from './prepared-pool.ts';

/** Why a candidate is only taken where no other is left. */
export type Setback = 'breaker_open' | 'too_many_errors' | 'first_token_late' | 'too_slow';

/** How the candidates of a pool do at one moment, by index. `NaN` is unknown. */
export interface LiveFigures {
  readonly missing: Uint8Array;
  readonly setbacks: readonly (Setback | null)[];
  readonly errorRate: Float64Array;
  /** Expected time to the first token, ms; the catalogue's where nothing was measured. */
  readonly firstTokenMs: Float64Array;
  readonly tokensPerSecond: Float64Array;
}

type Health = Pick<PoolFacts, 'providers' | 'open' | 'errorRate' | 'firstTokenMs' | 'tokensPerSecond'>;

/**
 * Looks up the health of a pool's candidates. Many requests share one snapshot, so the last answer is kept for as long as
 * the very same objects come in.
 */
export function liveFiguresOf(pool: PreparedPool): (health: Health) => LiveFigures {
  let last: Health | undefined;
  let figures: LiveFigures | undefined;
  return (health) => {
    if (figures !== undefined && last !== undefined && isSame(last, health)) return figures;
    last = health;
    figures = lookUp(pool, health);
    return figures;
  };
}

function isSame(one: Health, other: Health): boolean {
  return (
    one.errorRate === other.errorRate &&
    one.open === other.open &&
    one.providers === other.providers &&
    one.firstTokenMs === other.firstTokenMs &&
    one.tokensPerSecond === other.tokensPerSecond
  );
}

function lookUp({ candidates, settings: { floors } }: PreparedPool, health: Health): LiveFigures {
  const { providers, open } = health;
  const isAnyone = providers === null || providers.includes('*');
  const count = candidates.length;
  const missing = new Uint8Array(count);
  const errorRate = new Float64Array(count);
  const firstTokenMs = new Float64Array(count);
  const tokensPerSecond = new Float64Array(count);
  const setbacks: (Setback | null)[] = new Array(count);
  for (let index = 0; index < count; index += 1) {
    const candidate = candidates[index] as Candidate;
    const { target, provider } = candidate;
    const errors = health.errorRate?.[target] ?? 0;
    const first = health.firstTokenMs?.[target] ?? candidate.firstTokenMs ?? Number.NaN;
    const speed = health.tokensPerSecond?.[target] ?? candidate.tokensPerSecond ?? Number.NaN;
    missing[index] = isAnyone || providers.includes(provider) ? 0 : 1;
    errorRate[index] = errors;
    firstTokenMs[index] = first;
    tokensPerSecond[index] = speed;
    setbacks[index] =
      open?.includes(target) === true ? 'breaker_open' : missedFloor(floors, errors, first, speed);
  }
  return { missing, setbacks, errorRate, firstTokenMs, tokensPerSecond };
}

/** A comparison with NaN is false: what is unknown is no setback. */
function missedFloor(floors: Floors, errors: number, first: number, speed: number): Setback | null {
  if (floors.errorRate !== null && errors > floors.errorRate) return 'too_many_errors';
  if (floors.firstTokenMs !== null && first > floors.firstTokenMs) return 'first_token_late';
  if (floors.tokensPerSecond !== null && speed < floors.tokensPerSecond) return 'too_slow';
  return null;
}
