import { matchesGlob } from '../../catalogue/glob.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { LimitWindow } from '../../nodes/index.ts';
import {
  type Decision,
  HealthTracker,
  type Plan,
  type PlanLimit,
  RetryBudgets,
  SessionMemory,
} from '../../plan/index.ts';
import {
  type SignalName,
  type Signals,
  type SignalValue,
  signalRegistry,
  slotOf,
} from '../../signals/index.ts';
import { targetsIn } from '../bins.ts';
import { codedOf, type RecordColumns } from '../columns.ts';
import type { RecordFacts } from '../prepare-records.ts';
import { type MeasureUse, rowsOf } from '../replay-limits.ts';
import { signalsCursor, valueAt } from '../signals-at.ts';
import { type BudgetBook, openBudgets, type SimulatedBudget } from './budget.ts';
import { type Followed, follow } from './follow.ts';
import type { Weather } from './weather.ts';

export interface WorldInput {
  readonly columns: RecordColumns;
  readonly facts: RecordFacts;
  readonly catalogue: Catalogue;
  readonly weather: Weather;
  readonly budgets: readonly SimulatedBudget[];
}

/**
 * What a gateway under one plan would know while it replays a log. Signals of live state are as logged until the weather,
 * or a budget, has made this world another one than the log's: from then on limits are its own; health is its own for
 * targets that failed in it; a session is its own once one of its requests was served elsewhere for that reason.
 */
export class ReplayedWorld {
  readonly #input: WorldInput;
  readonly #measure: MeasureUse;
  readonly #isOwn: (row: number) => boolean;
  readonly #signals: (row: number) => Signals;
  readonly #limits: readonly {
    readonly limit: PlanLimit;
    readonly window: LimitWindow;
    readonly keyAt: (row: number) => string | undefined;
  }[];
  readonly #budgets: BudgetBook;
  readonly #health: HealthTracker;
  readonly #retries = new RetryBudgets();
  readonly #sessions = new SessionMemory();
  readonly #movedSessions = new Set<string>();
  readonly #failedTargets = new Set<string>();
  readonly #slowTargets: readonly string[];
  #now = 0;
  #departed = false;

  constructor(plan: Plan, input: WorldInput, measure: MeasureUse) {
    const { columns, weather, budgets } = input;
    this.#input = input;
    this.#measure = measure;
    this.#isOwn = rowsOf(plan.hash, columns);
    this.#signals = signalsCursor(
      columns,
      signalRegistry.map(({ name }) => name),
    );
    this.#limits = plan.limits.map((limit) => ({
      limit,
      window: new LimitWindow(limit.window),
      keyAt: keysOf(limit.per, columns),
    }));
    this.#budgets = openBudgets(budgets, columns);
    this.#health = new HealthTracker(
      () => this.#now,
      () => [],
    );
    this.#slowTargets = targetsIn(plan).filter((id) =>
      weather.slow.some((pattern) => matchesGlob(pattern, id)),
    );
  }

  /** The signals of a row as this world knows them. The same array for every row: nobody may keep it. */
  look(row: number): Signals {
    const at = this.#input.facts.timeAt(row);
    this.#now = Math.max(this.#now, at ?? 0);
    const signals = this.#signals(row);
    const values = signals as unknown as (SignalValue | null)[];
    const set = (name: SignalName, value: SignalValue) => {
      values[slotOf(name)] = value;
    };
    if (this.#limits.length > 0 && (this.#departed || !this.#isOwn(row)))
      set('limits.used', this.#used(row, at));
    if (this.#input.budgets.length > 0) set('budget.used', this.#budgets.used(row, at ?? this.#now));
    this.#lookAtHealth(values, set);
    this.#lookAtSession(row, set);
    return signals;
  }

  /** Carries a decision out and counts what it uses. `refused_by_budget`: no call was made. */
  carryOut(decision: Decision, row: number): Followed | 'refused_by_budget' {
    const { facts, weather } = this.#input;
    const at = facts.timeAt(row);
    const now = at ?? this.#now;
    const [first] = decision.attempts;
    const target = first?.kind === 'call' ? first.target : '';
    if (target !== '' && this.#budgets.refuses(row, now, this.#measure('usd', row, target))) {
      this.#count(decision, row, at, '');
      this.#departed = true;
      return 'refused_by_budget';
    }
    const followed = follow(decision, {
      meet: (one) => weather.meet(one, row, at),
      latencyMs: facts.latency[row] ?? 0,
      health: this.#health,
      retries: this.#retries,
      now,
    });
    for (const one of followed.failed) this.#failedTargets.add(one);
    if (followed.fallen > 0) this.#departed = true;
    const served = decision.attempts[followed.attempt];
    const servedBy = served?.kind === 'call' ? served.target : '';
    this.#count(decision, row, at, servedBy);
    this.#budgets.spend(row, now, this.#measure('usd', row, servedBy));
    this.#remember(row, servedBy, followed, now);
    return followed;
  }

  #used(row: number, at: number | undefined): Readonly<Record<string, number>> {
    return Object.fromEntries(
      this.#limits.flatMap(({ limit, window, keyAt }) => {
        const key = keyAt(row);
        return key === undefined || at === undefined ? [] : [[limit.node, window.used(key, at)] as const];
      }),
    );
  }

  /** A node that several tries lead to counts a request once. */
  #count({ path }: Decision, row: number, at: number | undefined, target: string): void {
    for (const { limit, window, keyAt } of this.#limits) {
      const key = keyAt(row);
      if (key === undefined || at === undefined) continue;
      if (path.some(({ node, port }) => node === limit.node && port === 'within'))
        window.take(key, this.#measure(limit.unit, row, target), at);
    }
  }

  #lookAtHealth(
    values: readonly (SignalValue | null)[],
    set: (name: SignalName, value: SignalValue) => void,
  ): void {
    if (this.#failedTargets.size > 0) {
      const { open, errorRate } = this.#health.snapshot();
      const logged = listOf(values[slotOf('health.open')]).filter((one) => !this.#failedTargets.has(one));
      set('health.open', [...logged, ...open.filter((one) => this.#failedTargets.has(one))]);
      const own = Object.entries(errorRate).filter(([one]) => this.#failedTargets.has(one));
      set('health.error_rate', {
        ...numbersOf(values[slotOf('health.error_rate')]),
        ...Object.fromEntries(own),
      });
    }
    for (const target of this.#slowTargets) {
      const factor = this.#input.weather.slowness(target, this.#now);
      if (factor === 1) continue;
      this.#scale(values, set, 'health.first_token_ms', target, factor);
      this.#scale(values, set, 'health.tokens_per_second', target, 1 / factor);
    }
  }

  #scale(
    values: readonly (SignalValue | null)[],
    set: (name: SignalName, value: SignalValue) => void,
    name: SignalName,
    target: string,
    factor: number,
  ): void {
    const known = numbersOf(values[slotOf(name)]);
    const value = known[target];
    if (value !== undefined) set(name, { ...known, [target]: value * factor });
  }

  #lookAtSession(row: number, set: (name: SignalName, value: SignalValue) => void): void {
    const session = this.#sessionAt(row);
    if (!this.#movedSessions.has(session)) return;
    const { target, warmTokens, idleSeconds } = this.#sessions.look(session, this.#now);
    set('session.target', target);
    set('session.warm_tokens', warmTokens);
    set('session.idle_seconds', idleSeconds);
  }

  #remember(row: number, target: string, { attempt, addedMs }: Followed, now: number): void {
    const session = this.#sessionAt(row);
    if (session === '' || target === '') return;
    if (attempt > 0) this.#movedSessions.add(session);
    if (!this.#movedSessions.has(session)) return;
    const { facts, catalogue } = this.#input;
    this.#sessions.remember({
      session,
      target,
      usage: facts.usageAt(row),
      caching: catalogue.find(target)?.caching ?? null,
      at: now + (facts.latency[row] ?? 0) + addedMs,
    });
  }

  #sessionAt(row: number): string {
    const session = valueAt(this.#input.columns.column('session.id'), row);
    return typeof session === 'string' ? session : '';
  }
}

function keysOf(per: SignalName | null, columns: RecordColumns): (row: number) => string | undefined {
  if (per === null) return () => '';
  const { codes, dictionary } = codedOf(columns.column(per), columns.length);
  return (row) => {
    const key = dictionary[codes[row] ?? 0];
    return typeof key === 'string' ? key : undefined;
  };
}

function listOf(value: SignalValue | null | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function numbersOf(value: SignalValue | null | undefined): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const numbers = Object.entries(value).flatMap(([name, one]): [string, number][] =>
    typeof one === 'number' ? [[name, one]] : [],
  );
  return Object.fromEntries(numbers);
}
