import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { boundsOfChange, type GroupTotals } from '../resample.ts';
import type { SimulationResult } from '../result.ts';
import { addCounts, addRows, mergeAffected, mergeChanges, mergeCurves, mergeMeans } from './add-results.ts';
import { mergeAssumptions } from './merge-assumptions.ts';
import type { PartialResult } from './simulate-part.ts';

/** Results of parts, added up as they come. */
export interface Merger {
  readonly add: (part: PartialResult) => void;
  /** The result of the whole; `undefined` before the first part. */
  readonly finish: () => SimulationResult | undefined;
}

/**
 * Merges the results of parts of a record set. Counts and money are exactly those of the whole. The interval of the total
 * is resampled over the groups of sessions of all parts, a group of one part joined with the same one of the next; bounds
 * of segments and days are added up, which makes them wider than they would be, never narrower.
 */
export function mergeParts(seed: number): Merger {
  let sum: SimulationResult | undefined;
  let groups: GroupTotals | undefined;
  const hashes: string[] = [];
  return {
    add: ({ result, groups: own }) => {
      hashes.push(result.records_hash);
      sum = sum === undefined ? result : addResults(sum, result);
      groups = groups === undefined ? own : addGroups(groups, own);
    },
    finish: () => {
      if (sum === undefined || groups === undefined) return undefined;
      return finished(sum, groups, hashes, seed);
    },
  };
}

function addResults(left: SimulationResult, right: SimulationResult): SimulationResult {
  return {
    ...left,
    ...addCounts(left, right),
    ...mergeMeans(left, right),
    latency: {
      before: mergeCurves(left.latency.before, right.latency.before),
      after: mergeCurves(left.latency.after, right.latency.after),
    },
    by_target: addRows(left.by_target, right.by_target, ({ target }) => target),
    by_edge: addRows(left.by_edge, right.by_edge, ({ node, port }) => `${node}:${port}`),
    by_node: addRows(left.by_node, right.by_node, ({ node }) => node),
    by_branch: addRows(left.by_branch, right.by_branch, ({ node, port }) => `${node}:${port}`),
    transitions: addRows(left.transitions, right.transitions, ({ from, to }) => `${from}\n${to}`),
    by_team: addRows(left.by_team, right.by_team, ({ team }) => team),
    by_day: addRows(left.by_day, right.by_day, ({ day }) => day),
    segments: addRows(left.segments, right.segments, ({ by, value }) => `${by}\n${value}`),
    winners: mergeAffected(left.winners, right.winners),
    losers: mergeAffected(left.losers, right.losers),
    timeline: addRows(left.timeline, right.timeline, ({ at }) => String(at)),
    changes: mergeChanges(left.changes, right.changes),
    assumptions: mergeAssumptions(left.assumptions, right.assumptions),
  };
}

function addGroups(left: GroupTotals, right: GroupTotals): GroupTotals {
  const added = Object.keys(left).map((name) => {
    const [one, other] = [left[name as keyof GroupTotals], right[name as keyof GroupTotals]];
    const length = Math.max(one.length, other.length);
    return [name, Float64Array.from({ length }, (_, group) => (one[group] ?? 0) + (other[group] ?? 0))];
  });
  return Object.fromEntries(added) as GroupTotals;
}

const mostSegments = 40;

function finished(
  sum: SimulationResult,
  groups: GroupTotals,
  hashes: readonly string[],
  seed: number,
): SimulationResult {
  const { before, after } = sum.cost_nano_usd;
  const { low, high } = boundsOfChange(groups, before, seed);
  const change = (one: { readonly cost_before: number; readonly cost_after: number }) =>
    Math.abs(one.cost_after - one.cost_before);
  const told = new Map<string, number>();
  const parts = hashes.length;
  return {
    ...sum,
    cost_nano_usd: { before, after, low: Math.min(low, after), high: Math.max(high, after) },
    by_target: sum.by_target.toSorted(
      (left, right) =>
        right.requests_before + right.requests_after - (left.requests_before + left.requests_after) ||
        (left.target < right.target ? -1 : 1),
    ),
    by_node: sum.by_node.toSorted((left, right) => (left.node < right.node ? -1 : 1)),
    by_branch: sum.by_branch.toSorted(
      (left, right) => Math.abs(right.cost_delta) - Math.abs(left.cost_delta),
    ),
    transitions: sum.transitions.toSorted((left, right) => right.requests - left.requests),
    by_team: sum.by_team.toSorted(
      (left, right) => right.requests - left.requests || (left.team < right.team ? -1 : 1),
    ),
    by_day: sum.by_day.toSorted((left, right) => (left.day < right.day ? -1 : 1)),
    timeline: sum.timeline.toSorted((left, right) => left.at - right.at),
    segments: sum.segments
      .toSorted((left, right) => change(right) - change(left))
      .filter(({ by }) => {
        const count = (told.get(by) ?? 0) + 1;
        told.set(by, count);
        return count <= mostSegments;
      }),
    records_hash: parts === 1 ? sum.records_hash : bytesToHex(sha256(utf8ToBytes(hashes.join('\n')))),
    assumptions:
      parts === 1
        ? sum.assumptions
        : [
            ...sum.assumptions,
            `The records were replayed in ${parts} parts, one after the other: what depends on earlier requests of a session begins anew in each, and bounds of segments and days are added up over the parts, which makes them wider.`,
          ],
  };
}
