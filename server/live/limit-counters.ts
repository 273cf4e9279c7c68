import { LimitWindow } from '#engine/nodes/index.ts';
import type { PlanLimit, Step } from '#engine/plan/index.ts';
import { readSignal, type Signals } from '#engine/signals/index.ts';

/** A limit that has let a request through: what the request turns out to use is counted there. */
export interface PassedLimit {
  readonly window: LimitWindow;
  readonly limit: PlanLimit;
  readonly by: string;
  /** When the request came in, ms since 1970: its amount belongs to that window. */
  readonly at: number;
}

/** What a request turned out to use. */
export interface Used {
  readonly tokens: number;
  /** Whole nano-dollars; `null` where a price is unknown. */
  readonly costNanoUsd: number | null;
}

const nothing: Readonly<Record<string, number>> = Object.freeze({});
const none: readonly PassedLimit[] = Object.freeze([]);

/**
 * What the limit nodes of all policies have used. Requests are counted as soon as they are let through; tokens and money
 * when they are known, so that requests in flight may pass a limit by what they use themselves.
 */
export class LimitCounters {
  readonly #windows = new Map<string, LimitWindow>();

  /** Used of each limit of a plan, for this request's value of what it is counted by, in the limit's unit. */
  used(
    policyId: string,
    limits: readonly PlanLimit[],
    signals: Signals,
    at: number,
  ): Readonly<Record<string, number>> {
    if (limits.length === 0) return nothing;
    return Object.fromEntries(
      limits.map((limit) => [limit.node, this.#windowOf(policyId, limit).used(keyOf(limit, signals), at)]),
    );
  }

  /** Counts a request at the limits on its path that let it through. */
  pass(
    policyId: string,
    limits: readonly PlanLimit[],
    path: readonly Step[],
    signals: Signals,
    at: number,
  ): readonly PassedLimit[] {
    if (limits.length === 0) return none;
    return path.flatMap(({ node, port }) => {
      const limit = port === 'within' ? limits.find((one) => one.node === node) : undefined;
      if (limit === undefined) return [];
      const window = this.#windowOf(policyId, limit);
      const by = keyOf(limit, signals);
      if (limit.unit === 'requests') window.take(by, 1, at);
      return [{ window, limit, by, at }];
    });
  }

  /** Counts what a request used, once it is over. */
  settle(passed: readonly PassedLimit[], { tokens, costNanoUsd }: Used): void {
    for (const { window, limit, by, at } of passed) {
      if (limit.unit === 'tokens') window.take(by, tokens, at);
      if (limit.unit === 'usd') window.take(by, (costNanoUsd ?? 0) / 1e9, at);
    }
  }

  /** A limit that a new version counts differently begins anew; one that only changes its amount goes on. */
  #windowOf(policyId: string, { node, per, unit, window }: PlanLimit): LimitWindow {
    const key = `${policyId} ${node} ${per ?? ''} ${unit} ${window}`;
    const known = this.#windows.get(key);
    if (known !== undefined) return known;
    const made = new LimitWindow(window);
    this.#windows.set(key, made);
    return made;
  }
}

function keyOf({ per }: PlanLimit, signals: Signals): string {
  const value = per === null ? '' : readSignal(signals, per);
  return typeof value === 'string' ? value : '';
}
