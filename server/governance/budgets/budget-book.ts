import { matchesGlob } from '#engine/catalogue/glob.ts';
import type { Caller } from '#engine/signals/index.ts';
import { type Budget, describeScope } from './budget.ts';
import type { WindowClock } from './window-clock.ts';

/** A budget that spend is counted for. */
export interface Counted {
  readonly budget: Budget;
  /** Its account in the store of spend. */
  readonly account: string;
  readonly clock: WindowClock;
  /** `joining`: what was spent before is still being summed up; `lost`: it could not be. */
  readonly state: 'joining' | 'ready' | 'lost';
}

export type SpendingCaller = Pick<Caller, 'key' | 'team' | 'project' | 'tags'>;

const none: readonly Counted[] = Object.freeze([]);
/** Targets whose budgets are remembered; clients may name any. */
const rememberedTargets = 10_000;

/** Which budgets a request counts for, found in the time it takes to look up five words, however many budgets there are. */
export class BudgetBook {
  readonly all: readonly Counted[];
  readonly #byScope = new Map<string, Counted[]>();
  readonly #models: Counted[] = [];
  readonly #ofCaller = new WeakMap<object, readonly Counted[]>();
  readonly #ofTarget = new Map<string, readonly Counted[]>();

  constructor(all: readonly Counted[]) {
    this.all = all;
    for (const one of all) {
      if (one.budget.scope.kind === 'model') this.#models.push(one);
      else pushTo(this.#byScope, describeScope(one.budget.scope), one);
    }
  }

  /** Of the organisation and the caller's own team, project, key and tags, whatever model is asked. */
  forCaller(caller: SpendingCaller): readonly Counted[] {
    if (this.#byScope.size === 0) return none;
    const known = this.#ofCaller.get(caller);
    if (known !== undefined) return known;
    const { key, team, project, tags } = caller;
    const found = [
      'organisation',
      `team ${team}`,
      `project ${team}/${project}`,
      `key ${key}`,
      ...new Set(tags.map((tag) => `tag ${tag}`)),
    ].flatMap((scope) => this.#byScope.get(scope) ?? []);
    this.#ofCaller.set(caller, found);
    return found;
  }

  /** Of one model or a pattern that fits it, whoever asks. */
  forTarget(target: string): readonly Counted[] {
    if (this.#models.length === 0) return none;
    const known = this.#ofTarget.get(target);
    if (known !== undefined) return known;
    const found = this.#models.filter(
      ({ budget: { scope } }) => scope.kind === 'model' && matchesGlob(scope.id, target),
    );
    if (this.#ofTarget.size >= rememberedTargets) this.#ofTarget.clear();
    this.#ofTarget.set(target, found);
    return found;
  }
}

function pushTo(map: Map<string, Counted[]>, key: string, one: Counted): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}
