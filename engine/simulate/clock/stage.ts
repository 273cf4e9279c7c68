import { matchesGlob } from '../../catalogue/glob.ts';
import type { Price, PriceBook, PriceLine, Rates } from '../../catalogue/index.ts';
import type { Column, RecordColumns } from '../columns.ts';
import { codedOf } from '../columns.ts';
import { encodeValues, recordColumnsOf } from '../columns-from-records.ts';
import { mixText } from '../content-hash.ts';
import { takeRows } from '../sample-rows.ts';
import { valueAt } from '../signals-at.ts';
import { type Incident, spanOf } from './incident.ts';

/** A number in 0–1 that is always the same for the same texts. */
export function drawOf(...texts: readonly string[]): number {
  let hash = 0x2f0b4c47;
  for (const text of texts) hash = mixText(Math.imul(hash, 0x9e3779b1) ^ text.length, text);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** When the first record with a time came, ms since 1970; 0 where none has one. */
export function startOf(columns: RecordColumns): number {
  const times = columns.column('time.at');
  const first = columns.length === 0 ? null : valueAt(times, 0);
  return typeof first === 'number' ? first : 0;
}

/**
 * The record set and the prices of a world with more or less traffic and other prices. Both sides of a what-if are told
 * in that world, the log included.
 */
export function stageIncidents<
  World extends { readonly columns: RecordColumns; readonly priceBook: PriceBook },
>(world: World, incidents: readonly Incident[]): World {
  const start = startOf(world.columns);
  let { columns, priceBook } = world;
  for (const incident of incidents) {
    if (incident.kind === 'traffic') columns = withTraffic(columns, incident, start);
    if (incident.kind !== 'price') continue;
    columns = withCosts(columns, incident, start);
    priceBook = withPrices(priceBook, incident, start);
  }
  return { ...world, columns, priceBook };
}

type Traffic = Extract<Incident, { kind: 'traffic' }>;
type Dearer = Extract<Incident, { kind: 'price' }>;

/** Copies stand behind their original, each with an id and a session of its own. A broken factor is drawn by id. */
function withTraffic(columns: RecordColumns, { factor, ...span }: Traffic, start: number): RecordColumns {
  const { from, to } = spanOf(span, start);
  const times = columns.column('time.at');
  const ids = columns.column('id');
  const rows: number[] = [];
  const copies: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const at = valueAt(times, row);
    const isIn = typeof at === 'number' && at >= from && at < to;
    const whole = Math.floor(factor);
    const more = drawOf('traffic', String(valueAt(ids, row))) < factor - whole ? 1 : 0;
    const count = isIn ? whole + more : 1;
    for (let copy = 0; copy < count; copy += 1) {
      rows.push(row);
      copies.push(copy);
    }
  }
  const taken = takeRows(columns, rows);
  const renamed = (name: 'id' | 'session.id') => {
    const column = taken.column(name);
    return encodeValues(rows.length, (row) => {
      const value = valueAt(column, row);
      return copies[row] === 0 || typeof value !== 'string' || value === ''
        ? value
        : `${value}~${copies[row]}`;
    });
  };
  const own = new Map<string, Column>([
    ['id', renamed('id')],
    ['session.id', renamed('session.id')],
  ]);
  return recordColumnsOf(rows.length, (name) => own.get(name) ?? taken.column(name));
}

/** What the log says a request cost, had the target cost so much more already. */
function withCosts(
  columns: RecordColumns,
  { target, factor, ...span }: Dearer,
  start: number,
): RecordColumns {
  const { from, to } = spanOf(span, start);
  const costs = columns.column('cost.nano_usd');
  const answered = codedOf(columns.column('outcome.target'), columns.length);
  const fits = answered.dictionary.map((one) => typeof one === 'string' && matchesGlob(target, one));
  const times = columns.column('time.at');
  if (costs.kind !== 'number') return columns;
  const values = costs.values.map((cost, row) => {
    const at = valueAt(times, row);
    const isDearer =
      fits[answered.codes[row] ?? 0] === true && typeof at === 'number' && at >= from && at < to;
    return isDearer ? Math.floor(cost * factor + 0.5) : cost;
  });
  const dearer: Column = { kind: 'number', values };
  return recordColumnsOf(columns.length, (name) =>
    name === 'cost.nano_usd' ? dearer : columns.column(name),
  );
}

/** Standard and periodic prices; other ways of serving keep theirs. */
function withPrices(book: PriceBook, { target, factor, ...span }: Dearer, start: number): PriceBook {
  const { from, to } = spanOf(span, start);
  const prices = new Map(
    [...book.prices].map(([id, price]): [string, Price] => {
      if (!matchesGlob(target, id)) return [id, price];
      const dearer = [...price.periods, { ...price, from: -Infinity, until: Infinity, minutes: null }].map(
        (period) => ({
          ...timesLine(period, factor),
          minutes: period.minutes,
          from: Math.max(period.from, from),
          until: Math.min(period.until, to),
        }),
      );
      return [id, { ...price, periods: [...dearer.filter((one) => one.from < one.until), ...price.periods] }];
    }),
  );
  return { ...book, version: `${book.version}, ${target} ×${factor}`, prices };
}

function timesLine(line: PriceLine, factor: number): PriceLine {
  const tiers = line.tiers.map((tier) => ({
    ...times(tier, factor),
    aboveInputTokens: tier.aboveInputTokens,
  }));
  return { ...times(line, factor), tiers };
}

function times(rates: Rates, factor: number): Rates {
  const by = (rate: number) => Math.round(rate * factor);
  const { audioInput, audioCacheRead, audioOutput, imageOutput } = rates;
  return {
    input: by(rates.input),
    cacheRead: by(rates.cacheRead),
    cacheWrite5m: by(rates.cacheWrite5m),
    cacheWrite1h: by(rates.cacheWrite1h),
    output: by(rates.output),
    reasoning: by(rates.reasoning),
    imageInput: by(rates.imageInput),
    ...(audioInput === undefined ? {} : { audioInput: by(audioInput) }),
    ...(audioCacheRead === undefined ? {} : { audioCacheRead: by(audioCacheRead) }),
    ...(audioOutput === undefined ? {} : { audioOutput: by(audioOutput) }),
    ...(imageOutput === undefined ? {} : { imageOutput: by(imageOutput) }),
  };
}
