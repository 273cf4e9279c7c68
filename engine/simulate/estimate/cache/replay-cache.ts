import type { Beginnings } from './beginnings.ts';
import type { CacheRule } from './cache-rules.ts';

/** Who serves which row, and when. */
export interface CacheTraffic {
  readonly beginnings: Beginnings;
  /** ms; NaN where unknown: such a row finds and leaves nothing. */
  readonly times: Float64Array;
  /** By row: index into `rules`; below zero: nobody, or one who keeps nothing. */
  readonly servers: Int32Array;
  readonly rules: readonly CacheRule[];
  /** A longer time for some rows; `null` for none. */
  readonly ttlAt: ((row: number) => number) | null;
}

/**
 * Replays prompt caches on the clock of the log: the longest beginning that a server still holds is read, and all of a
 * prompt's beginnings are held from then on. Answers the tokens read by row, in the measure of the beginnings.
 */
export function replayCache({ beginnings, times, servers, rules, ttlAt }: CacheTraffic): Float64Array {
  const { from, to, ids, tokens, most } = beginnings;
  const read = new Float64Array(servers.length);
  const until = rules.map(() => new Float64Array(beginnings.count));
  const held = rules.map(() => new Float64Array(beginnings.count));
  for (let row = 0; row < servers.length; row += 1) {
    const server = servers[row] as number;
    const now = times[row] as number;
    const [first, end] = [from[row] as number, to[row] as number];
    const [ends, sizes, rule] = [until[server], held[server], rules[server]];
    if (ends === undefined || sizes === undefined || rule === undefined || first === end || !(now >= 0))
      continue;
    for (let at = end - 1; at >= first; at -= 1) {
      const id = ids[at] as number;
      if ((ends[id] as number) <= now) continue;
      const found = Math.min(sizes[id] as number, tokens[at] as number, most[row] as number);
      if (found >= rule.minimumTokens) read[row] = found;
      break;
    }
    const expires = now + Math.max(rule.ttlMs, ttlAt === null ? 0 : ttlAt(row));
    for (let at = first; at < end; at += 1) {
      const id = ids[at] as number;
      ends[id] = Math.max(ends[id] as number, expires);
      sizes[id] = tokens[at] as number;
    }
  }
  return read;
}
