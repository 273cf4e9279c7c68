import type { Bin, Bins } from '../bins.ts';
import { type LatencyOf, wayOf } from '../latency.ts';
import type { RecordFacts } from '../prepare-records.ts';
import type { LatencyCurve } from '../result.ts';
import { outputReader } from './group-sums.ts';

/** Upper ends of the bins that are shown, in ms; the last bin is open. */
const edges = [
  50, 100, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000, 15_000, 20_000, 30_000,
  60_000,
];
/** Quantiles are read off steps of 1 %. */
const stepsPerE = 100;
const steps = 1_600;

/**
 * How long answers take on a side. A row that stays keeps what was logged; one that moves takes its target's mean, spread as
 * the logged latencies of the rows that move with it, or the speed that the catalogue states. The mean is `latency_ms`.
 */
export function latencyCurve(
  side: 'before' | 'after',
  { codes, bins }: Bins,
  facts: RecordFacts,
  latencyOf: LatencyOf,
): LatencyCurve {
  const ways = bins.map((bin) => wayOf(bin, bin[side].target, latencyOf));
  const scales = scalesOf(codes, bins, facts);
  const output = outputReader(facts);
  const counts = new Float64Array(steps);
  const shown = new Float64Array(edges.length + 1);
  let requests = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    const way = ways[code];
    if (way === undefined) continue;
    const logged = facts.latency[row] as number;
    const mean = scales[code] as number;
    const ms =
      way.kind === 'logged'
        ? logged
        : way.kind === 'speed'
          ? way.firstTokenMs + output(row) * way.msPerToken
          : mean > 0
            ? (logged / mean) * way.ms
            : way.ms;
    requests += 1;
    const step = Math.max(0, Math.min(steps - 1, Math.floor(Math.log(Math.max(1, ms)) * stepsPerE)));
    counts[step] = (counts[step] as number) + 1;
    let bin = 0;
    while (bin < edges.length && ms >= (edges[bin] as number)) bin += 1;
    shown[bin] = (shown[bin] as number) + 1;
  }
  const quantile = (share: number) => (requests === 0 ? null : quantileOf(counts, share * requests));
  return {
    requests,
    p50: quantile(0.5),
    p90: quantile(0.9),
    p95: quantile(0.95),
    p99: quantile(0.99),
    bins: Array.from(shown, (count, at) => ({ up_to_ms: edges[at] ?? null, requests: count })),
  };
}

/** Mean logged latency of each bin, for the spread of rows that move; 0 where none is known. */
function scalesOf(codes: Bins['codes'], bins: readonly Bin[], facts: RecordFacts): Float64Array {
  const sums = new Float64Array(bins.length);
  const rows = new Float64Array(bins.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    sums[code] = (sums[code] as number) + (facts.latency[row] as number);
    rows[code] = (rows[code] as number) + 1;
  }
  return sums.map((sum, bin) => (bins[bin]?.logged.hasLatency ? sum / Math.max(1, rows[bin] ?? 1) : 0));
}

/** The middle of the step in which a share of the requests is reached. */
function quantileOf(counts: Float64Array, wanted: number): number {
  let passed = 0;
  for (const [step, count] of counts.entries()) {
    passed += count;
    if (passed >= wanted && count > 0) return Math.round(Math.exp((step + 0.5) / stepsPerE) * 10) / 10;
  }
  return Math.exp(steps / stepsPerE);
}
