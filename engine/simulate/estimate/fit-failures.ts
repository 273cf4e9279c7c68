import type { RecordFacts } from '../prepare-records.ts';
import type { Estimates } from './estimates.ts';

/** Calls to first targets, how many of them failed, and how long those took that were answered. */
export function fitFailures({ logged, loggedTotals }: RecordFacts): Pick<Estimates, 'failures' | 'latency'> {
  const calls = new Map<string, { calls: number; failed: number }>();
  const times = new Map<string, { rows: number; ms: number }>();
  for (const [code, one] of logged.decisions.entries()) {
    const rows = loggedTotals.rows[code] ?? 0;
    if (one.target === '' || one.refused || rows === 0) continue;
    const seen = calls.get(one.target) ?? { calls: 0, failed: 0 };
    if (one.served || one.failed) seen.calls += rows;
    if (one.failed || (one.served && !one.direct)) seen.failed += rows;
    calls.set(one.target, seen);
    if (!one.served || !one.direct || !one.hasLatency) continue;
    const time = times.get(one.target) ?? { rows: 0, ms: 0 };
    time.rows += rows;
    time.ms += loggedTotals.latency[code] ?? 0;
    times.set(one.target, time);
  }
  return {
    failures: [...calls].filter(([, seen]) => seen.calls > 0).map(([target, seen]) => ({ target, ...seen })),
    latency: [...times].map(([target, { rows, ms }]) => ({ target, rows, mean_ms: ms / rows })),
  };
}
