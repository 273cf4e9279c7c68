import type { Catalogue } from '../catalogue/index.ts';
import type { BinTotals } from './accumulate.ts';
import type { Bin } from './bins.ts';
import type { RecordColumns } from './columns.ts';
import type { RecordFacts } from './prepare-records.ts';

/** How long a target takes: its mean in this log, else the catalogue's speed. */
export type LatencyOf = (
  target: string,
) =>
  | { readonly kind: 'mean'; readonly ms: number }
  | { readonly kind: 'speed'; readonly firstTokenMs: number; readonly msPerToken: number }
  | undefined;

/** From here on a target's own history is worth more than the catalogue's figure. */
const enoughHistory = 30;

export function latencies(columns: RecordColumns, facts: RecordFacts, catalogue: Catalogue): LatencyOf {
  const history = historyOf(facts);
  const firstTokenMs = meanFirstToken(columns);
  return (target) => {
    const seen = history.get(target);
    if (seen !== undefined && seen.rows >= enoughHistory) return { kind: 'mean', ms: seen.ms / seen.rows };
    const speed = catalogue.find(target)?.speed;
    if (speed?.tokensPerSecond == null) return undefined;
    return {
      kind: 'speed',
      firstTokenMs: speed.firstTokenMs ?? firstTokenMs,
      msPerToken: 1_000 / speed.tokensPerSecond,
    };
  };
}

/** Latencies of the rows that their first target answered. */
function historyOf({ logged, latency }: RecordFacts): ReadonlyMap<string, { rows: number; ms: number }> {
  const ms = new Float64Array(logged.decisions.length);
  const rows = new Float64Array(logged.decisions.length);
  for (let row = 0; row < latency.length; row += 1) {
    const code = logged.codes[row] as number;
    ms[code] = (ms[code] as number) + (latency[row] as number);
    rows[code] = (rows[code] as number) + 1;
  }
  const history = new Map<string, { rows: number; ms: number }>();
  for (const [code, decision] of logged.decisions.entries()) {
    if (!decision.direct || !decision.served || !decision.hasLatency) continue;
    const seen = history.get(decision.target) ?? { rows: 0, ms: 0 };
    seen.rows += rows[code] ?? 0;
    seen.ms += ms[code] ?? 0;
    history.set(decision.target, seen);
  }
  return history;
}

function meanFirstToken(columns: RecordColumns): number {
  const column = columns.column('latency.first_token_ms');
  if (column.kind !== 'number') return 0;
  let sum = 0;
  let count = 0;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * Mean latency over the rows that were served and have one: as logged where a row stays on its target, estimated for
 * the target it moves to, left out where neither is known. Averages hide that long answers take longer.
 */
export function meanLatency(
  bins: readonly Bin[],
  totals: BinTotals,
  side: 'before' | 'after',
  latencyOf: LatencyOf,
): number | null {
  let ms = 0;
  let rows = 0;
  for (const [index, bin] of bins.entries()) {
    const count = totals.rows[index] ?? 0;
    const { target } = bin[side];
    if (count === 0 || !bin.logged.served || target === '') continue;
    const stays = target === bin.logged.target;
    if (stays && !bin.logged.hasLatency) continue;
    const estimate = stays ? undefined : latencyOf(target);
    if (stays) ms += totals.latency[index] ?? 0;
    else if (estimate?.kind === 'mean') ms += count * estimate.ms;
    else if (estimate?.kind === 'speed' && bin.logged.hasUsage)
      ms += count * estimate.firstTokenMs + (totals.outputTokens[index] ?? 0) * estimate.msPerToken;
    else continue;
    rows += count;
  }
  return rows === 0 ? null : ms / rows;
}
