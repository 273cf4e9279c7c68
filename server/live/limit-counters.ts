import { LimitWindow, type WindowLength, windowStart } from '#engine/nodes/index.ts';
import type { PlanLimit, Step } from '#engine/plan/index.ts';
import { readSignal, type Signals } from '#engine/signals/index.ts';

/** A limit that has let a request through: what the request turns out to use is counted there. */
export interface PassedLimit {
  readonly window: LimitWindow;
  /** By which the window is told apart, in every gateway alike. */
  readonly name: string;
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

/** What is used in all of one window of a limit, for one value of what it is counted by. */
export interface SharedLimit {
  readonly name: string;
  readonly length: WindowLength;
  readonly by: string;
  /** When the window began, ms since 1970. */
  readonly start: number;
  readonly used: number;
}

/** What was counted just now; `used` is all of it that this process knows of. */
export interface LimitCount extends SharedLimit {
  readonly amount: number;
}

const nothing: Readonly<Record<string, number>> = Object.freeze({});
const none: readonly PassedLimit[] = Object.freeze([]);

/**
 * What the limit nodes of all policies have used. Requests are counted as soon as they are let through; tokens and money
 * when they are known, so that requests in flight may pass a limit by what they use themselves.
 */
export class LimitCounters {
  readonly #windows = new Map<string, LimitWindow>();
  /** Told of everything that is counted here, for those who share the limits. */
  onCount: (count: LimitCount) => void = () => undefined;

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
      const one = { window, name: nameOf(policyId, limit), limit, by, at };
      if (limit.unit === 'requests') this.#take(one, 1);
      return [one];
    });
  }

  /** Counts what a request used, once it is over. */
  settle(passed: readonly PassedLimit[], { tokens, costNanoUsd }: Used): void {
    for (const one of passed) {
      if (one.limit.unit === 'tokens') this.#take(one, tokens);
      if (one.limit.unit === 'usd') this.#take(one, (costNanoUsd ?? 0) / 1e9);
    }
  }

  /** Learns what others have counted: `used` in all of a window that began at `start`, ms since 1970. */
  absorb({ name, length, by, start, used }: SharedLimit): void {
    this.#windowNamed(name, length).raise(by, used, start);
  }

  #take({ window, name, limit, by, at }: PassedLimit, amount: number): void {
    window.take(by, amount, at);
    this.onCount({
      name,
      length: limit.window,
      by,
      start: windowStart(limit.window, at),
      amount,
      used: window.used(by, at),
    });
  }

  /** A limit that a new version counts differently begins anew; one that only changes its amount goes on. */
  #windowOf(policyId: string, limit: PlanLimit): LimitWindow {
    return this.#windowNamed(nameOf(policyId, limit), limit.window);
  }

  #windowNamed(name: string, length: WindowLength): LimitWindow {
    const known = this.#windows.get(name);
    if (known !== undefined) return known;
    const made = new LimitWindow(length);
    this.#windows.set(name, made);
    return made;
  }
}

function nameOf(policyId: string, { node, per, unit, window }: PlanLimit): string {
  return `${policyId} ${node} ${per ?? ''} ${unit} ${window}`;
}

function keyOf({ per }: PlanLimit, signals: Signals): string {
  const value = per === null ? '' : readSignal(signals, per);
  return typeof value === 'string' ? value : '';
}
