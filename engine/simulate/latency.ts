import type { Catalogue } from '../catalogue/index.ts';
import type { Bin, Bins } from './bins.ts';
import type { Estimates } from './estimate/estimates.ts';
import type { Codes } from './pair-codes.ts';
import { inputClasses, type RecordFacts, type TokenTable } from './prepare-records.ts';

/** How long a target takes: its mean in this log, else in the log of the estimates, else the catalogue's speed. */
export type LatencyOf = (
  target: string,
) =>
  | { readonly kind: 'mean'; readonly ms: number }
  | { readonly kind: 'speed'; readonly firstTokenMs: number; readonly msPerToken: number }
  | undefined;

/** From here on a target's own history is worth more than the catalogue's figure. */
const enoughHistory = 30;

export function latencies(facts: RecordFacts, catalogue: Catalogue, estimates: Estimates): LatencyOf {
  const history = historyOf(facts);
  return (target) => {
    const seen = history.get(target);
    if (seen !== undefined && seen.rows >= enoughHistory) return { kind: 'mean', ms: seen.ms / seen.rows };
    const told = estimates.latency.find((one) => one.target === target);
    if (told !== undefined && told.rows >= enoughHistory) return { kind: 'mean', ms: told.mean_ms };
    const speed = catalogue.find(target)?.speed;
    if (speed?.tokensPerSecond == null) return undefined;
    return {
      kind: 'speed',
      firstTokenMs: speed.firstTokenMs ?? facts.meanFirstTokenMs,
      msPerToken: 1_000 / speed.tokensPerSecond,
    };
  };
}

/** Latencies of the rows that their first target answered. */
function historyOf({ logged, loggedTotals }: RecordFacts): ReadonlyMap<string, { rows: number; ms: number }> {
  const history = new Map<string, { rows: number; ms: number }>();
  for (const [code, decision] of logged.decisions.entries()) {
    if (!decision.direct || !decision.served || !decision.hasLatency) continue;
    const seen = history.get(decision.target) ?? { rows: 0, ms: 0 };
    seen.rows += loggedTotals.rows[code] ?? 0;
    seen.ms += loggedTotals.latency[code] ?? 0;
    history.set(decision.target, seen);
  }
  return history;
}

/** Mean over the served rows of the log that have a latency, in ms; `null` where none has. */
export function loggedLatency({ logged, loggedTotals }: RecordFacts): number | null {
  let ms = 0;
  let rows = 0;
  for (const [code, decision] of logged.decisions.entries()) {
    if (!decision.served || !decision.hasLatency) continue;
    ms += loggedTotals.latency[code] ?? 0;
    rows += loggedTotals.rows[code] ?? 0;
  }
  return rows === 0 ? null : ms / rows;
}

/**
 * Mean latency under a plan over the rows that were served and have one, in ms: as logged where a row stays on its
 * target, estimated for the target it moves to, left out where neither is known.
 */
export function decidedLatency(
  side: 'before' | 'after',
  { codes, bins }: Bins,
  counts: Float64Array,
  facts: RecordFacts,
  latencyOf: LatencyOf,
): number | null {
  const ways = bins.map((bin) => wayOf(bin, bin[side].target, latencyOf));
  const logged = ways.some((way) => way?.kind === 'logged')
    ? sumByBin(codes, bins.length, facts.latency)
    : [];
  const answers = ways.some((way) => way?.kind === 'speed') ? outputByBin(codes, bins.length, facts) : [];
  let ms = 0;
  let rows = 0;
  for (const [index, way] of ways.entries()) {
    const count = counts[index] ?? 0;
    if (way === undefined || count === 0) continue;
    rows += count;
    if (way.kind === 'logged') ms += logged[index] ?? 0;
    else if (way.kind === 'mean') ms += count * way.ms;
    else ms += count * way.firstTokenMs + (answers[index] ?? 0) * way.msPerToken;
  }
  return rows === 0 ? null : ms / rows;
}

/** Where the latency of a bin's rows comes from under a decision; `undefined` leaves them out. */
export function wayOf({ logged }: Bin, target: string, latencyOf: LatencyOf) {
  if (!logged.served || target === '') return undefined;
  if (target === logged.target) return logged.hasLatency ? ({ kind: 'logged' } as const) : undefined;
  const estimate = latencyOf(target);
  return estimate?.kind === 'speed' && !logged.hasUsage ? undefined : estimate;
}

function sumByBin(codes: Codes, size: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(size);
  for (let row = 0; row < codes.length; row += 1) {
    const bin = codes[row] as number;
    sums[bin] = (sums[bin] as number) + (values[row] as number);
  }
  return sums;
}

/** Tokens of the answers, reasoning included. */
function outputByBin(codes: Codes, size: number, { tokens }: RecordFacts): Float64Array {
  const sums = new Float64Array(size);
  for (const [at, place] of tokens.places.entries())
    if (place >= inputClasses) addPlace(codes, tokens, at, sums);
  return sums;
}

/** In two lanes: adding to one place twice in a row means waiting for the first. */
function addPlace(codes: Codes, { values, width }: TokenTable, at: number, sums: Float64Array): void {
  const odd = new Float64Array(sums.length);
  let index = at;
  for (let row = 0; row + 1 < codes.length; row += 2) {
    const first = codes[row] as number;
    const second = codes[row + 1] as number;
    sums[first] = (sums[first] as number) + (values[index] as number);
    odd[second] = (odd[second] as number) + (values[index + width] as number);
    index += 2 * width;
  }
  const last = codes.length % 2 === 1 ? codes.at(-1) : undefined;
  if (last !== undefined) sums[last] = (sums[last] ?? 0) + (values[index] ?? 0);
  for (const [bin, tokens] of odd.entries()) sums[bin] = (sums[bin] as number) + tokens;
}
