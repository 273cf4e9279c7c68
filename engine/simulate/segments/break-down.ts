import type { Bins } from '../bins.ts';
import type { RecordColumns } from '../columns.ts';
import type { RecordFacts } from '../prepare-records.ts';
import { type SegmentKind, type SimulationResult, segmentKinds } from '../result.ts';
import type { RowCosts } from '../row-costs.ts';
import { type Dimension, dimensionOf } from './dimension.ts';
import { boundsOf, type Draws, drawGroups } from './draws.ts';
import { farthest, type Rows, sumByGroup, type Tally, tallyRows } from './tally.ts';

type Segment = SimulationResult['segments'][number];
type Day = SimulationResult['by_day'][number];

export interface Replayed {
  readonly columns: RecordColumns;
  readonly facts: RecordFacts;
  readonly bins: Bins;
  readonly costs: RowCosts;
  readonly seed: number;
  /** Most values of a kind that are told, those with the largest change of cost, then with the most requests; 40. */
  readonly mostValues?: number;
}

const usualValues = 40;
const mostAffected = 20;
/** Below, an interval says little. */
const fewRequests = 30;
const fewGroups = 8;

/** Requests and costs by who asked, for what, how large and when, each with an interval: the largest change first. */
export function breakDown(
  replayed: Replayed,
): Pick<SimulationResult, 'segments' | 'by_day' | 'winners' | 'losers'> {
  const { columns, facts, bins, costs, seed, mostValues = usualValues } = replayed;
  const rows: Rows = {
    bins: bins.codes,
    changed: Uint8Array.from(bins.bins, ({ changed }) => Number(changed)),
    costs,
  };
  const draws = drawGroups(facts.groupCount, seed);
  const of = (kind: SegmentKind) => (kind === 'target' ? byTarget(bins) : dimensionOf(kind, columns, facts));
  const segments = segmentKinds.flatMap((by) => {
    const told = segmentsOf(of(by), rows, facts, draws, mostValues);
    // One value that is unknown throughout tells nothing.
    return told.every(({ value }) => value === '') ? [] : told.map((one): Segment => ({ by, ...one }));
  });
  const days = segmentsOf(dimensionOf('day', columns, facts), rows, facts, draws, Number.POSITIVE_INFINITY);
  return {
    segments: segments.sort((left, right) => sizeOf(right) - sizeOf(left)),
    by_day: days.map(dayOf).sort((left, right) => (left.day < right.day ? -1 : 1)),
    ...affected(columns, facts, rows),
  };
}

function byTarget({ codes, bins }: Bins): Dimension {
  return { codes, values: bins.map(({ before }) => [before.target]) };
}

function segmentsOf(
  dimension: Dimension,
  rows: Rows,
  facts: RecordFacts,
  draws: Draws,
  most: number,
): readonly Omit<Segment, 'by'>[] {
  const told = [...tallyRows(dimension, rows)]
    .sort(([, left], [, right]) => weigh(right, left))
    .slice(0, most);
  const names = told.map(([name]) => name);
  const { groups, low, high, present } = sumByGroup(dimension, names, rows.costs, facts);
  return told.map(([value, { requests, changed, before, after }], slot) => {
    const [from, to] = [slot * groups, (slot + 1) * groups];
    const lows = low.subarray(from, to);
    const bounds = boundsOf(draws, lows, low === high ? lows : high.subarray(from, to));
    const sessions = present.subarray(from, to).reduce((sum, one) => sum + one, 0);
    return {
      value,
      requests,
      changed,
      cost_before: before,
      cost_after: after,
      low: Math.max(0, Math.min(after, Math.round(before + bounds.low))),
      high: Math.max(after, Math.round(before + bounds.high)),
      small: requests < fewRequests || sessions < Math.min(fewGroups, groups),
    };
  });
}

function weigh(left: Tally, right: Tally): number {
  return (
    Math.abs(left.after - left.before) - Math.abs(right.after - right.before) ||
    left.requests - right.requests
  );
}

function sizeOf({ cost_after, cost_before }: Segment): number {
  return Math.abs(cost_after - cost_before);
}

function dayOf({ value, requests, cost_before, cost_after, low, high }: Omit<Segment, 'by'>): Day {
  return { day: value, requests, cost_before, cost_after, low, high };
}

/** Sessions and keys with the largest change, down and up. */
function affected(
  columns: RecordColumns,
  facts: RecordFacts,
  rows: Rows,
): Pick<SimulationResult, 'winners' | 'losers'> {
  const ends = (['session', 'key'] as const).map((by) =>
    farthest(dimensionOf(by, columns, facts), rows, mostAffected),
  );
  const [sessions, keys] = ends.map(({ down, up }, index) => {
    const by = index === 0 ? ('session' as const) : ('key' as const);
    const told = ({ value, requests, changed, before, after }: (typeof down)[number]) => ({
      by,
      value,
      requests,
      changed,
      cost_before: before,
      cost_after: after,
    });
    return { down: down.map(told), up: up.map(told) };
  });
  return {
    winners: [...(sessions?.down ?? []), ...(keys?.down ?? [])],
    losers: [...(sessions?.up ?? []), ...(keys?.up ?? [])],
  };
}
