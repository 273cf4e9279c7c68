/** What a pool has to know of a key: never the key itself. */
export interface PoolKey {
  /** The key as people may see it: its first and last characters. */
  readonly label: string;
  /** Share of the calls it gets, relative to the other keys. */
  readonly weight: number;
}

/** How a key stands now. */
export interface KeyState extends PoolKey {
  readonly state: 'ready' | 'cooling' | 'refused';
  /** When it is tried again, ms since 1970; `null` when it is ready. */
  readonly until: number | null;
  /** Why it is not ready; empty when it is. */
  readonly reason: string;
}

/** First rest of a key that was told to slow down and not for how long; doubled with every further time. */
const firstRestMs = 1_000;
const longestGrownRestMs = 60_000;
/** A provider that says "in a day" means its quota; asking once an hour finds out when that has grown. */
const longestRestMs = 3_600_000;
/** A key that was not accepted is asked again now and then: somebody may have set it right at the provider. */
const refusedRestMs = 300_000;

interface Standing {
  readonly key: PoolKey;
  /** Of the smooth weighted round robin. */
  credit: number;
  refusedUntil: number;
  reason: string;
  /** Rests by model: providers limit a key for each model on its own. */
  readonly rests: Map<string, { until: number; times: number }>;
}

/**
 * The keys of one provider: who is next, and who has to rest. Spreads by weight, the same order every time (smooth
 * weighted round robin), so that a heavy key's calls stand between the others'. Pure but for the clock it is given.
 */
export class KeyPool {
  readonly #standings: readonly Standing[];
  readonly #clock: () => number;

  /** `clock`: ms since 1970. */
  constructor(keys: readonly PoolKey[], clock: () => number) {
    this.#clock = clock;
    this.#standings = keys.map((key) => ({ key, credit: 0, refusedUntil: 0, reason: '', rests: new Map() }));
  }

  get size(): number {
    return this.#standings.length;
  }

  /**
   * The index of the key for a call to this model. Where every key rests, the first call goes to the one that is ready
   * soonest: the provider's own answer says more than a refusal of ours. `undefined` when all that are ready have been
   * tried.
   */
  choose(model: string, tried: ReadonlySet<number> = none): number | undefined {
    const { length } = this.#standings;
    if (length === 1) return tried.size === 0 ? 0 : undefined;
    const now = this.#clock();
    let total = 0;
    let best: number | undefined;
    for (const [index, standing] of this.#standings.entries()) {
      if (tried.has(index) || readyAt(standing, model) > now) continue;
      standing.credit += standing.key.weight;
      total += standing.key.weight;
      const leader = best === undefined ? undefined : this.#standings[best];
      if (leader === undefined || standing.credit > leader.credit) best = index;
    }
    const chosen = best === undefined ? undefined : this.#standings[best];
    if (chosen !== undefined) chosen.credit -= total;
    return best ?? (tried.size === 0 ? this.#soonest(model) : undefined);
  }

  /** The key was told to slow down: rests as long as the provider says, else longer each time. */
  limited(index: number, model: string, retryAfterMs: number | null): void {
    const standing = this.#standings[index];
    if (standing === undefined) return;
    const times = (standing.rests.get(model)?.times ?? 0) + 1;
    const grown = Math.min(longestGrownRestMs, firstRestMs * 2 ** (times - 1));
    const rest = Math.min(longestRestMs, retryAfterMs ?? grown);
    standing.rests.set(model, { until: this.#clock() + rest, times });
  }

  /** The key was not accepted: at all, or for this model only. */
  refused(index: number, model: string | null, reason: string): void {
    const standing = this.#standings[index];
    if (standing === undefined) return;
    const until = this.#clock() + refusedRestMs;
    standing.reason = reason;
    if (model === null) standing.refusedUntil = until;
    else standing.rests.set(model, { until, times: 0 });
  }

  /** The key was accepted: it starts afresh. */
  served(index: number, model: string): void {
    const standing = this.#standings[index];
    if (standing === undefined || (standing.rests.size === 0 && standing.refusedUntil === 0)) return;
    standing.refusedUntil = 0;
    standing.rests.delete(model);
  }

  states(): readonly KeyState[] {
    const now = this.#clock();
    return this.#standings.map((standing) => stateOf(standing, now));
  }

  #soonest(model: string): number {
    let best = 0;
    for (const [index, standing] of this.#standings.entries()) {
      const leader = this.#standings[best];
      if (leader !== undefined && readyAt(standing, model) < readyAt(leader, model)) best = index;
    }
    return best;
  }
}

const none: ReadonlySet<number> = new Set();

function readyAt({ refusedUntil, rests }: Standing, model: string): number {
  return Math.max(refusedUntil, rests.get(model)?.until ?? 0);
}

function stateOf({ key, refusedUntil, reason, rests }: Standing, now: number): KeyState {
  if (refusedUntil > now) return { ...key, state: 'refused', until: refusedUntil, reason };
  const resting = [...rests].filter(([, { until }]) => until > now);
  if (resting.length === 0) return { ...key, state: 'ready', until: null, reason: '' };
  const models = resting.map(([model]) => model).join(', ');
  const until = Math.min(...resting.map(([, rest]) => rest.until));
  return { ...key, state: 'cooling', until, reason: `Resting for ${models}.` };
}
