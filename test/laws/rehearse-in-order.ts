import { windowStart } from '#engine/nodes/index.ts';
import { type Attempt, type Decision, decide, type Plan, pathText } from '#engine/plan/index.ts';
import { type NamedSignals, type RequestRecord, signalsFrom } from '#engine/signals/index.ts';
import { lawModels } from './law-world.ts';
import { amountOf } from './replay-in-order.ts';

type Call = Extract<Attempt, { kind: 'call' }>;

/** What a call meets: an error class, or nothing. Given by the test, as is how slow it is. */
export interface PlainWeather {
  readonly error: (target: string, record: RequestRecord) => string | null;
  readonly slowness: (target: string, record: RequestRecord) => number;
}

export interface PlainEnd {
  readonly path: string;
  readonly end: 'served' | 'degraded' | 'refused' | 'failed' | 'denied';
  readonly target: string;
  readonly addedMs: number;
}

interface PlainHealth {
  inARow: number;
  calls: number;
  failures: number;
  windowStart: number;
  openUntil: number | null;
  openMs: number;
  probeSince: number | null;
  /** Halved every minute. */
  rate: { calls: number; failures: number; at: number };
}

const newHealth = (now: number): PlainHealth => ({
  inARow: 0,
  calls: 0,
  failures: 0,
  windowStart: -Infinity,
  openUntil: null,
  openMs: 5_000,
  probeSince: null,
  rate: { calls: 0, failures: 0, at: now },
});

const itsFault = ['rate_limit', 'timeout', 'server_error', 'network', 'auth'];

/** A gateway with its limits, breakers, retry budgets, budget and sessions, written down as plainly as can be. */
export function rehearseInOrder(
  plan: Plan,
  records: readonly RequestRecord[],
  weather: PlainWeather,
  teamBudgetUsd: number | null,
): readonly PlainEnd[] {
  const counts = new Map<string, number>();
  const spent = new Map<string, number>();
  const health = new Map<string, PlainHealth>();
  const begun: { node: string; slice: number }[] = [];
  const retried: { node: string; slice: number }[] = [];
  const failedTargets = new Set<string>();
  const sessions = new Map<string, { target: string; warm: number; until: number; at: number }>();
  let departed = false;
  let now = 0;

  function ask(target: string): boolean {
    const one = health.get(target);
    if (one === undefined || one.openUntil === null) return true;
    if (now < one.openUntil) return false;
    if (one.probeSince !== null && now - one.probeSince < 60_000) return false;
    one.probeSince = now;
    return true;
  }

  function report(target: string, error: string | null): void {
    const one = health.get(target) ?? newHealth(now);
    health.set(target, one);
    if (error !== null && !itsFault.includes(error)) return;
    const kept = 0.5 ** (Math.max(0, now - one.rate.at) / 60_000);
    one.rate = {
      calls: one.rate.calls * kept + 1,
      failures: one.rate.failures * kept + (error === null ? 0 : 1),
      at: now,
    };
    if (now - one.windowStart >= 30_000) Object.assign(one, { windowStart: now, calls: 0, failures: 0 });
    one.calls += 1;
    if (error === null) {
      one.inARow = 0;
      if (one.openUntil !== null)
        Object.assign(one, { openUntil: null, probeSince: null, openMs: 5_000, calls: 0, failures: 0 });
      return;
    }
    one.failures += 1;
    one.inARow += 1;
    const wasOpen = one.openUntil !== null;
    if (wasOpen && one.probeSince === null) return;
    const tooMuch = one.inARow >= 5 || (one.failures >= 10 && one.failures >= one.calls / 2);
    if (wasOpen) one.openMs = Math.min(60_000, 2 * one.openMs);
    if (wasOpen || tooMuch) Object.assign(one, { openUntil: now + one.openMs, probeSince: null });
  }

  const lately = (list: readonly { node: string; slice: number }[], node: string) =>
    list.filter((one) => one.node === node && one.slice > Math.floor(now / 5_000) - 12).length;

  function mayRetry(call: Call): boolean {
    for (const { node, share } of call.retryBudgets) {
      if (lately(retried, node) >= share * lately(begun, node) + 3) return false;
      retried.push({ node, slice: Math.floor(now / 5_000) });
    }
    return true;
  }

  function live(record: RequestRecord): NamedSignals {
    const at = record['time.at'];
    const own: Record<string, unknown> = {};
    if (plan.limits.length > 0 && (departed || record['decision.hash'] !== plan.hash))
      own['limits.used'] = Object.fromEntries(
        plan.limits.flatMap((limit) => {
          const place = placeOf(limit, record);
          return place === undefined ? [] : [[limit.node, counts.get(place) ?? 0]];
        }),
      );
    if (teamBudgetUsd !== null)
      own['budget.used'] =
        record['caller.team'] === null
          ? 0
          : (spent.get(teamPlace(record, at ?? now)) ?? 0) / (teamBudgetUsd * 1e9);
    if (failedTargets.size > 0) {
      const open = [...health].filter(([, one]) => one.openUntil !== null && now < one.openUntil);
      own['health.open'] = [
        ...(record['health.open'] ?? []).filter((one) => !failedTargets.has(one)),
        ...open.map(([target]) => target).filter((one) => failedTargets.has(one)),
      ];
      const rates = [...failedTargets].map((target) => {
        const { calls, failures, at: then } = health.get(target)!.rate;
        const kept = 0.5 ** (Math.max(0, now - then) / 60_000);
        return [target, Number(((failures * kept) / (calls * kept + 1)).toPrecision(3))];
      });
      own['health.error_rate'] = { ...record['health.error_rate'], ...Object.fromEntries(rates) };
    }
    const session = sessions.get(record['session.id'] ?? '');
    if (session !== undefined)
      Object.assign(own, {
        'session.target': session.target,
        'session.warm_tokens': now < session.until ? session.warm : 0,
        'session.idle_seconds': Math.max(0, Math.round((now - session.at) / 100) / 10),
      });
    return { ...record, ...own } as NamedSignals;
  }

  function follow(
    decision: Decision,
    record: RequestRecord,
  ): { end: PlainEnd['end']; at: number; addedMs: number; fell: boolean } {
    const calls = decision.attempts.filter((one) => one.kind === 'call');
    for (const node of new Set(calls.flatMap((one) => one.retryBudgets.map((budget) => budget.node))))
      begun.push({ node, slice: Math.floor(now / 5_000) });
    const started: number[] = [];
    let addedMs = 0;
    let at = 0;
    let fell = false;
    for (;;) {
      const attempt = decision.attempts[at]!;
      if (attempt.kind === 'refuse') return { end: 'refused', at, addedMs, fell };
      started[at] = addedMs;
      const left = Math.min(
        attempt.deadlines.totalMs ?? Infinity,
        ...attempt.within.map(({ from, ms }) => (started[from] ?? addedMs) + ms - addedMs),
      );
      let error: string | null;
      if (left <= 0) error = 'timeout';
      else if (!ask(attempt.target)) error = 'unavailable';
      else {
        const latency = record['latency.total_ms'] ?? 0;
        const slowness = weather.slowness(attempt.target, record);
        error = weather.error(attempt.target, record);
        const tooSlow = error === null && slowness > 1 && latency * slowness > left;
        if (tooSlow) error = 'timeout';
        report(attempt.target, error);
        if (error === null) addedMs += (slowness - 1) * latency;
        else {
          failedTargets.add(attempt.target);
          const took = { server_error: 500, network: 1_000, rate_limit: 200 }[error];
          const waits = tooSlow ? left : (attempt.deadlines.firstTokenMs ?? 60_000);
          addedMs += Math.min(left, took ?? waits);
        }
      }
      if (error === null) return { end: at === 0 ? 'served' : 'degraded', at, addedMs, fell };
      fell = true;
      const next = attempt.moves[error as keyof typeof attempt.moves];
      if (next === undefined) return { end: 'failed', at, addedMs, fell };
      const following = decision.attempts[next]!;
      if (following.kind === 'call' && error !== 'unavailable' && !mayRetry(following))
        return { end: 'failed', at, addedMs, fell };
      at = next;
    }
  }

  return records.map((record): PlainEnd => {
    const at = record['time.at'];
    now = Math.max(now, at ?? 0);
    const decision = decide(plan, signalsFrom(live(record)));
    const [first] = decision.attempts;
    const nanoUsd = (target: string) =>
      target === '' ? 0 : Math.round(1e9 * amountOf('usd', record, target, lawModels.priceBook));
    const count = (target: string) => {
      const passed = new Set(decision.path.filter(({ port }) => port === 'within').map(({ node }) => node));
      for (const limit of plan.limits) {
        const place = placeOf(limit, record);
        if (place === undefined || !passed.has(limit.node)) continue;
        const used =
          target === '' && limit.unit !== 'requests'
            ? 0
            : amountOf(limit.unit, record, target, lawModels.priceBook);
        counts.set(place, (counts.get(place) ?? 0) + used);
      }
    };
    const path = pathText(decision.path);
    const team = record['caller.team'] === null ? null : teamPlace(record, at ?? now);
    if (first?.kind === 'call' && teamBudgetUsd !== null && team !== null)
      if ((spent.get(team) ?? 0) + nanoUsd(first.target) > teamBudgetUsd * 1e9) {
        count('');
        departed = true;
        return { path, end: 'denied', target: '', addedMs: 0 };
      }
    const { end, at: index, addedMs, fell } = follow(decision, record);
    if (fell) departed = true;
    const serving = decision.attempts[index]!;
    const target = (end === 'served' || end === 'degraded') && serving.kind === 'call' ? serving.target : '';
    count(target);
    if (team !== null) spent.set(team, (spent.get(team) ?? 0) + nanoUsd(target));
    const session = record['session.id'] ?? '';
    if (session !== '' && target !== '' && (end === 'degraded' || sessions.has(session)))
      sessions.set(
        session,
        remembered(record, target, (at ?? now) + (record['latency.total_ms'] ?? 0) + addedMs),
      );
    return { path, end, target, addedMs };
  });
}

function placeOf(limit: Plan['limits'][number], record: RequestRecord): string | undefined {
  const at = record['time.at'];
  const key = limit.per === null ? '' : (record as unknown as Record<string, string | null>)[limit.per];
  return at === null || key == null
    ? undefined
    : JSON.stringify([limit.node, windowStart(limit.window, at), key]);
}

function teamPlace(record: RequestRecord, at: number): string {
  return JSON.stringify([windowStart('hour', at), record['caller.team']]);
}

function remembered(record: RequestRecord, target: string, at: number) {
  const read = record['usage.cache_read_tokens'] ?? 0;
  const short = record['usage.cache_write_5m_tokens'] ?? 0;
  const long = record['usage.cache_write_1h_tokens'] ?? 0;
  const knows = record['usage.input_tokens'] !== null && record['usage.output_tokens'] !== null;
  const all = read + short + long + (record['usage.input_tokens'] ?? 0);
  const automatic = lawModels.catalogue.find(target)?.caching === 'automatic';
  const warm = !knows ? 0 : !automatic ? read + short + long : all >= 1_024 ? all - (all % 128) : 0;
  return { target, warm, until: at + (knows && long > 0 ? 3_600_000 : 300_000), at };
}
