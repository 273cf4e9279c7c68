import type { CatalogueModel, Price } from '#engine/catalogue/index.ts';
import {
  type RequestRecord,
  recordColumns,
  type SignalValue,
  signalRegistry,
} from '#engine/signals/index.ts';
import type { CodedColumn, Column, RecordColumns } from '#engine/simulate/columns.ts';
import { recordColumnsOf } from '#engine/simulate/columns-from-records.ts';

/** `GET`, with `from` and `to` (ms since 1970): the logged requests of a window as columns, for a simulator in the browser. */
export const columnOctetsPath = '/api/simulate/columns';

/** Models and prices, as plain data. */
export interface ModelsAndPrices {
  readonly models: readonly CatalogueModel[];
  readonly version: string;
  readonly date: string;
  readonly prices: readonly (readonly [string, Price])[];
  readonly aliases: readonly (readonly [string, string])[];
}

type NumberKind = 'u8' | 'u16' | 'u32' | 'f64';

interface ColumnHead {
  readonly name: string;
  readonly kind: NumberKind | 'bool' | 'coded';
  /** Where its octets begin, from the end of the head, and how many there are. */
  readonly at: number;
  readonly octets: number;
  /** Of coded columns: octets a code, and where the dictionary lies. */
  readonly width?: 1 | 2 | 4;
  readonly dictionary?: { readonly at: number; readonly octets: number };
}

interface Head {
  readonly length: number;
  /** Of the record set they were taken from, all columns included. */
  readonly hash: string;
  /** Signals that are not here because they are large and seldom decided by. */
  readonly leftOut: readonly string[];
  readonly columns: readonly ColumnHead[];
  readonly prices: ModelsAndPrices;
}

/** What no decision and no cost is made of. */
const untold: ReadonlySet<string> = new Set([
  'id',
  'sandbox',
  'decision.policy',
  'decision.version',
  'outcome.error',
  'outcome.http_status',
  'outcome.dropped',
  'outcome.notes',
  'cost.price_book',
  'latency.total_ms',
  'latency.first_token_ms',
]);
const large: ReadonlySet<string> = new Set(['session.prefix_hashes', 'request.metadata']);
const signalNames: ReadonlySet<string> = new Set(signalRegistry.map(({ name }) => name));

/**
 * Columns → parts to send one after the other. Numbers take as many octets as the largest needs, unknown columns none.
 * The layout: length of the head (4 octets, little-endian), the head (JSON), then columns, each at a multiple of 8.
 */
export function writeColumnOctets(columns: RecordColumns, prices: ModelsAndPrices): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  const add = (octets: Uint8Array) => {
    const place = { at, octets: octets.byteLength };
    const padding = (8 - (octets.byteLength % 8)) % 8;
    parts.push(octets, new Uint8Array(padding));
    at += octets.byteLength + padding;
    return place;
  };
  const heads = recordColumns.flatMap(({ name }): readonly ColumnHead[] => {
    if (untold.has(name) || large.has(name)) return [];
    if (name === 'outcome.attempts' && !hasCascades(columns)) return [];
    return writeColumn(name, columns.column(name), add);
  });
  const head: Head = {
    length: columns.length,
    hash: columns.hash,
    leftOut: [...large],
    columns: heads,
    prices,
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = new Uint8Array(8 * Math.ceil((4 + text.byteLength) / 8));
  new DataView(start.buffer).setUint32(0, text.byteLength, true);
  start.set(text, 4);
  return [start, ...parts];
}

/** Attempts are one long text a row; they only say how often a cascade accepted. */
function hasCascades(columns: RecordColumns): boolean {
  const path = columns.column('decision.path');
  return (
    path.kind === 'coded' &&
    path.dictionary.some((value) => typeof value === 'string' && value.includes(':first'))
  );
}

type Add = (octets: Uint8Array) => { readonly at: number; readonly octets: number };

function writeColumn(name: string, column: Column, add: Add): readonly ColumnHead[] {
  switch (column.kind) {
    case 'number': {
      if (column.values.every(Number.isNaN)) return [];
      const kind = numberKind(column.values);
      return [{ name, kind, ...add(octetsOf(narrowed(column.values, kind))) }];
    }
    case 'bool':
      return column.values.every((value) => value === 2)
        ? []
        : [{ name, kind: 'bool', ...add(octetsOf(column.values)) }];
    case 'coded': {
      if (column.dictionary.length <= 1) return [];
      const place = add(octetsOf(column.codes));
      const dictionary = add(new TextEncoder().encode(JSON.stringify(column.dictionary)));
      const width = column.codes.BYTES_PER_ELEMENT;
      return [{ name, kind: 'coded', ...place, width: width === 1 ? 1 : width === 2 ? 2 : 4, dictionary }];
    }
  }
}

function octetsOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}

/** The highest value of a kind stands for unknown. */
const unknownAs = { u8: 0xff, u16: 0xffff, u32: 0xffff_ffff } as const;

function numberKind(values: Float64Array): NumberKind {
  let most = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value !== value >>> 0 || Object.is(value, -0)) return 'f64';
    if (value > most) most = value;
  }
  return most < unknownAs.u8 ? 'u8' : most < unknownAs.u16 ? 'u16' : most < unknownAs.u32 ? 'u32' : 'f64';
}

function narrowed(values: Float64Array, kind: NumberKind): ArrayBufferView {
  if (kind === 'f64') return values;
  const told = (value: number) => (Number.isNaN(value) ? unknownAs[kind] : value);
  if (kind === 'u8') return Uint8Array.from(values, told);
  return kind === 'u16' ? Uint16Array.from(values, told) : Uint32Array.from(values, told);
}

export interface OpenedColumns {
  /** Reading a signal that was left out throws {@link SignalLeftOut}. */
  readonly columns: RecordColumns;
  readonly hash: string;
  readonly prices: ModelsAndPrices;
}

export class SignalLeftOut extends Error {
  constructor(readonly signal: string) {
    super(`The signal ${signal} is not among the columns that were sent.`);
  }
}

/** The reverse. A column is opened when it is first asked for. */
export function readColumnOctets(octets: ArrayBuffer): OpenedColumns {
  const size = new DataView(octets).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(octets, 4, size))) as Head;
  const from = 8 * Math.ceil((4 + size) / 8);
  const heads = new Map(head.columns.map((one) => [one.name, one]));
  const valueTypes = new Map<string, string>(recordColumns.map(({ name, valueType }) => [name, valueType]));
  const opened = new Map<string, Column>();
  const open = (name: keyof RequestRecord): Column => {
    const own = heads.get(name);
    if (own !== undefined) return readColumn(own, octets, from, head.length);
    if (head.leftOut.includes(name) && signalNames.has(name)) throw new SignalLeftOut(name);
    return unknownColumn(valueTypes.get(name) ?? 'string', head.length);
  };
  const columns = recordColumnsOf(head.length, (name) => {
    const column = opened.get(name) ?? open(name);
    opened.set(name, column);
    return column;
  });
  return { columns, hash: head.hash, prices: head.prices };
}

function unknownColumn(valueType: string, length: number): Column {
  if (valueType === 'int' || valueType === 'double')
    return { kind: 'number', values: new Float64Array(length).fill(Number.NaN) };
  if (valueType === 'bool') return { kind: 'bool', values: new Uint8Array(length).fill(2) };
  return { kind: 'coded', codes: new Uint8Array(length), dictionary: [null] };
}

function readColumn(head: ColumnHead, octets: ArrayBuffer, from: number, length: number): Column {
  const start = from + head.at;
  switch (head.kind) {
    case 'bool':
      return { kind: 'bool', values: new Uint8Array(octets, start, length) };
    case 'coded':
      return {
        kind: 'coded',
        codes: codesAt(head, octets, start, length),
        ...dictionaryAt(head, octets, from),
      };
    case 'f64':
      return { kind: 'number', values: new Float64Array(octets, start, length) };
    default:
      return { kind: 'number', values: widened(head.kind, octets, start, length) };
  }
}

function codesAt(
  { width }: ColumnHead,
  octets: ArrayBuffer,
  start: number,
  length: number,
): CodedColumn['codes'] {
  if (width === 1) return new Uint8Array(octets, start, length);
  return width === 2 ? new Uint16Array(octets, start, length) : new Uint32Array(octets, start, length);
}

function dictionaryAt(
  { dictionary }: ColumnHead,
  octets: ArrayBuffer,
  from: number,
): Pick<CodedColumn, 'dictionary'> {
  const text = new Uint8Array(octets, from + (dictionary?.at ?? 0), dictionary?.octets ?? 0);
  return { dictionary: JSON.parse(new TextDecoder().decode(text)) as (SignalValue | null)[] };
}

function widened(
  kind: Exclude<NumberKind, 'f64'>,
  octets: ArrayBuffer,
  start: number,
  length: number,
): Float64Array {
  const values =
    kind === 'u8'
      ? new Uint8Array(octets, start, length)
      : kind === 'u16'
        ? new Uint16Array(octets, start, length)
        : new Uint32Array(octets, start, length);
  const unknown = unknownAs[kind];
  return Float64Array.from(values, (value) => (value === unknown ? Number.NaN : value));
}
