import type { Catalogue } from '../../../catalogue/index.ts';
import type { Bin, Bins } from '../../bins.ts';
import type { RecordColumns } from '../../columns.ts';
import type { RecordFacts } from '../../prepare-records.ts';
import { classes, type PriceTable, tierOf } from '../../price-table.ts';
import { type Beginnings, beginningsOf } from './beginnings.ts';
import { type CacheRule, cacheRuleOf, longTtlMs } from './cache-rules.ts';
import { replayCache } from './replay-cache.ts';

/** What prompt caches change of the cost of some rows on one side. */
export interface CacheShift {
  /** In order. */
  readonly rows: Int32Array;
  /** Whole nano-dollars to be added to a row's cost. */
  readonly nano: Float64Array;
  /** Tokens that the log read from a cache and that are not read any more, and what that costs. */
  readonly lostTokens: number;
  readonly lostNanoUsd: number;
  /** Tokens read from a cache on this side. */
  readonly keptTokens: number;
  /** Rows of the logged target that cost otherwise all the same, by bin. */
  readonly restated: ReadonlyMap<number, number>;
}

type Side = 'beforeRule' | 'afterRule';

interface World {
  readonly columns: RecordColumns;
  readonly facts: RecordFacts;
  readonly bins: Bins;
  readonly table: PriceTable;
  readonly catalogue: Catalogue;
}

/** `null` where nobody moves on this side, or nothing tells what prompts begin with. */
export function cacheShift(world: World, side: Side): CacheShift | null {
  const { bins, columns } = world;
  const isMoved = bins.bins.map((bin) => targetOn(bin, side) !== bin.logged.target && bin.logged.hasUsage);
  if (!isMoved.includes(true)) return null;
  const beginnings = beginningsOf(columns);
  if (beginnings.count === 0) return null;
  const replayed = replayBoth(world, side, beginnings);
  return replayed.rules.length === 0 ? null : shiftCosts(world, side, beginnings, replayed);
}

function targetOn(bin: Bin, side: Side): string {
  return side === 'afterRule' ? bin.after.target : bin.before.target;
}

interface Replayed {
  readonly rules: readonly CacheRule[];
  readonly ruleOf: (target: string) => CacheRule | null;
  readonly logged: Float64Array;
  readonly now: Float64Array;
  /** How much of what the rules promise the log's caches really gave, 0–1. */
  readonly given: number;
}

/** The caches as the log used them, and as they are used on this side. */
function replayBoth(
  { bins, facts, columns, catalogue }: World,
  side: Side,
  beginnings: Beginnings,
): Replayed {
  const targets = [...new Set(bins.bins.flatMap((bin) => [bin.logged.target, targetOn(bin, side)]))];
  const ruleOf = (target: string) => cacheRuleOf(target, catalogue);
  const known = targets.flatMap((target) => {
    const rule = ruleOf(target);
    return rule === null ? [] : [{ target, rule }];
  });
  const rules = known.map(({ rule }) => rule);
  const indexOf = (target: string) => known.findIndex((one) => one.target === target);
  const column = columns.column('time.at');
  const times = column.kind === 'number' ? column.values : new Float64Array(columns.length).fill(Number.NaN);
  const long = facts.tokens.places.indexOf(3);
  const { values, width } = facts.tokens;
  const ttlAt =
    long < 0 ? null : (row: number) => ((values[width * row + long] as number) > 0 ? longTtlMs : 0);
  const serve = (targetOf: (bin: Bin) => string) => {
    const byBin = Int32Array.from(bins.bins, (bin) => indexOf(targetOf(bin)));
    const servers = Int32Array.from(bins.codes, (code) => byBin[code] as number);
    return replayCache({ beginnings, times, servers, rules, ttlAt });
  };
  const logged = serve((bin) => bin.logged.target);
  const now = serve((bin) => targetOn(bin, side));
  return { rules, ruleOf, logged, now, given: givenIn(facts, beginnings, logged) };
}

/** A log whose clients never ask for a cache, or whose caches are fickle, does not promise more elsewhere. */
function givenIn(facts: RecordFacts, { prompt }: Beginnings, logged: Float64Array): number {
  const input = facts.totalInput();
  const at = facts.tokens.places.indexOf(1);
  let [told, promised] = [0, 0];
  for (let row = 0; row < logged.length; row += 1) {
    if (logged[row] === 0 || !((prompt[row] as number) > 0)) continue;
    promised += share(logged[row] as number, prompt[row] as number) * (input[row] as number);
    if (at >= 0) told += facts.tokens.values[facts.tokens.width * row + at] as number;
  }
  return promised === 0 ? 1 : Math.min(1, told / promised);
}

function share(part: number, whole: number): number {
  return Math.min(1, part / whole);
}

function shiftCosts(world: World, side: Side, beginnings: Beginnings, replayed: Replayed): CacheShift {
  const { bins, facts } = world;
  const { values, width, places } = facts.tokens;
  const readAt = places.indexOf(1);
  const rows: number[] = [];
  const nano: number[] = [];
  const restated = new Map<number, number>();
  let [lostTokens, lostNanoUsd, keptTokens] = [0, 0, 0];
  for (let row = 0; row < bins.codes.length; row += 1) {
    const code = bins.codes[row] as number;
    const bin = bins.bins[code] as Bin;
    const told = readAt < 0 ? 0 : (values[width * row + readAt] as number);
    const found = shiftOfRow(world, side, beginnings, replayed, row, bin, told);
    keptTokens += found === null ? told : found.kept;
    if (found === null) continue;
    lostTokens += found.lost;
    lostNanoUsd += found.lostNano;
    if (found.nano === 0) continue;
    rows.push(row);
    nano.push(found.nano);
    if (targetOn(bin, side) === bin.logged.target) restated.set(code, (restated.get(code) ?? 0) + 1);
  }
  return {
    rows: Int32Array.from(rows),
    nano: Float64Array.from(nano),
    lostTokens: Math.round(lostTokens),
    lostNanoUsd: Math.round(lostNanoUsd),
    keptTokens: Math.round(keptTokens),
    restated,
  };
}

interface RowShift {
  readonly nano: number;
  readonly lost: number;
  readonly lostNano: number;
  readonly kept: number;
}

/** `null`: the row's cache is as logged. */
function shiftOfRow(
  { facts, table }: World,
  side: Side,
  { prompt, from, to, tokens }: Beginnings,
  { ruleOf, logged, now, given }: Replayed,
  row: number,
  bin: Bin,
  told: number,
): RowShift | null {
  const target = targetOn(bin, side);
  const stays = target === bin.logged.target;
  const line = table.lineOf(target, bin.logged.special, stays);
  if (line === undefined || target === '' || !bin.logged.hasUsage || facts.special.codes[row] !== 0)
    return null;
  const input = facts.totalInput()[row] as number;
  const rule = ruleOf(target);
  if (stays) {
    const [was, is] = [logged[row] as number, now[row] as number];
    if (bin[side].source === 'untold' || told === 0 || is >= was) return null;
    const lost = told * (1 - is / was);
    const rate = classes * tierOf(table, line, input);
    const fresh = table.rates[rate + (rule?.kind === 'explicit' ? 2 : 0)] ?? 0;
    const nano = Math.round((lost * (fresh - (table.rates[rate + 1] ?? 0))) / 1_000);
    return { nano, lost, lostNano: nano, kept: told - lost };
  }
  if (bin[side].source !== 'priced' || from[row] === to[row] || !((prompt[row] as number) > 0)) return null;
  const scale = bin[side].factors?.input ?? 1;
  const rate = classes * tierOf(table, line, input * scale);
  const rates = (place: number) => table.rates[rate + place] ?? 0;
  const counts = [1, 2, 3].map((place) => countAt(facts, row, place));
  const [read = 0, short = 0, long = 0] = counts;
  const asks = short + long > 0 || (read > 0 && ruleOf(bin.logged.target)?.kind === 'explicit');
  const isKept = rule !== null && (rule.kind === 'automatic' || asks);
  const kept = isKept ? given * share(now[row] as number, prompt[row] as number) * input : 0;
  const longest = share(tokens[(to[row] as number) - 1] as number, prompt[row] as number) * input;
  const isWritten = rule?.kind === 'explicit' && isKept && longest >= rule.minimumTokens;
  const written = isWritten ? Math.max(0, Math.min(input, longest) - kept) : 0;
  const before = read * (rates(1) - rates(0)) + short * (rates(2) - rates(0)) + long * (rates(3) - rates(0));
  const after = kept * (rates(1) - rates(0)) + written * (rates(2) - rates(0));
  const lost = Math.max(0, read - kept);
  return {
    nano: Math.round((scale * (after - before)) / 1_000),
    lost,
    lostNano: (scale * lost * (rates(0) - rates(1))) / 1_000,
    kept,
  };
}

function countAt({ tokens: { values, width, places } }: RecordFacts, row: number, place: number): number {
  const at = places.indexOf(place);
  return at < 0 ? 0 : (values[width * row + at] as number);
}

/** What is to be added to the cost of one row. */
export function shiftAt(shift: CacheShift | null | undefined, row: number): number {
  if (shift == null) return 0;
  const at = firstFrom(shift, row);
  return shift.rows[at] === row ? (shift.nano[at] ?? 0) : 0;
}

/** Where the rows of a block begin. */
export function firstFrom({ rows }: CacheShift, row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
