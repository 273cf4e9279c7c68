const replicates = 400;

/** Replicates of a bootstrap over groups of sessions, drawn once and used for every segment: `weights[group]` by replicate. */
export interface Draws {
  readonly weights: readonly Uint8Array[];
}

/**
 * The first 400 replicates that `boundsOfChange` draws for the total with the same seed (its README says why groups stand
 * in for sessions): how often each group was drawn. Drawing once makes a segment's interval a few sums.
 */
export function drawGroups(groups: number, seed: number): Draws {
  const weights = Array.from({ length: groups }, () => new Uint8Array(replicates));
  let state = seed | 0;
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    for (let drawn = 0; drawn < groups; drawn += 2) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      mixed ^= mixed >>> 14;
      count(weights, ((mixed & 0xffff) * groups) >> 16, replicate);
      if (drawn + 1 < groups) count(weights, ((mixed >>> 16) * groups) >> 16, replicate);
    }
  }
  return { weights };
}

function count(weights: readonly Uint8Array[], group: number, replicate: number): void {
  const drawn = weights[group];
  if (drawn !== undefined) drawn[replicate] = (drawn[replicate] ?? 0) + 1;
}

/** 95 % bounds of a sum over groups: the 2.5th percentile of the low one, the 97.5th of the high one. */
export function boundsOf(
  { weights }: Draws,
  low: Float64Array,
  high: Float64Array,
): { readonly low: number; readonly high: number } {
  const lows = replicate(weights, low);
  const highs = low === high ? lows : replicate(weights, high);
  return {
    low: lows[Math.floor(0.025 * replicates)] ?? 0,
    high: highs[Math.ceil(0.975 * replicates) - 1] ?? 0,
  };
}

/** The sums of all replicates, the smallest first. Four groups at a time: writing a sum costs more than adding to it. */
function replicate(weights: readonly Uint8Array[], values: Float64Array): Float64Array {
  const sums = new Float64Array(replicates);
  const used = [...values.keys()].filter((group) => values[group] !== 0);
  for (let at = 0; at < used.length; at += 4) {
    const [a = none, b = none, c = none, d = none] = used
      .slice(at, at + 4)
      .map((group) => ({ value: values[group] ?? 0, drawn: weights[group] ?? none.drawn }));
    addFour(sums, a, b, c, d);
  }
  return sums.sort();
}

interface Group {
  readonly value: number;
  readonly drawn: Uint8Array;
}
const none: Group = { value: 0, drawn: new Uint8Array(replicates) };

function addFour(sums: Float64Array, a: Group, b: Group, c: Group, d: Group): void {
  for (let at = 0; at < replicates; at += 1)
    sums[at] =
      (sums[at] as number) +
      a.value * (a.drawn[at] as number) +
      b.value * (b.drawn[at] as number) +
      c.value * (c.drawn[at] as number) +
      d.value * (d.drawn[at] as number);
}
