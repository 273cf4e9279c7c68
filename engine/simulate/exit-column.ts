import { type Chooser, stickyPoint } from '../nodes/index.ts';
import { type SignalName, signalRegistry } from '../signals/index.ts';
import { lookUp, testColumn } from './column-test.ts';
import type { Column, RecordColumns } from './columns.ts';
import { compareColumn } from './compare-column.ts';

/** Which exit of a choosing node each row takes: `2 · exit`, and 1 more where it was taken undetermined. */
export interface ExitColumn {
  readonly codes: Uint8Array | Uint16Array;
  /** Exits of the node; codes are below twice as many. */
  readonly exits: number;
  /** The codes that occur, in order. */
  readonly present: readonly number[];
}

const remembered = new WeakMap<RecordColumns, Map<string, ExitColumn>>();
/** Exit columns kept a record set: a byte a row each. */
const mostRemembered = 64;

/**
 * Applies a chooser to all rows. The answer depends on the chooser and the records alone, so it is kept: wiring a
 * policy differently touches no rows, and editing one node works out one column.
 */
export function exitColumn(chooser: Chooser, columns: RecordColumns): ExitColumn {
  const kept = remembered.get(columns) ?? new Map<string, ExitColumn>();
  remembered.set(columns, kept);
  const key = JSON.stringify(chooser);
  const exit = kept.get(key) ?? applyChooser(chooser, columns);
  kept.delete(key);
  kept.set(key, exit);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostRemembered) break;
    kept.delete(oldest);
  }
  return exit;
}

function applyChooser(chooser: Chooser, columns: RecordColumns): ExitColumn {
  switch (chooser.kind) {
    case 'cases':
      return exitsByCases(chooser, columns);
    case 'table':
      return exitsByTable(chooser, columns);
    case 'shares':
      return exitsByShares(chooser, columns);
  }
}

function finish(codes: Uint8Array | Uint16Array, exits: number): ExitColumn {
  const seen = new Uint8Array(2 * exits);
  for (let row = 0; row < codes.length; row += 1) seen[codes[row] as number] = 1;
  return { codes, exits, present: [...seen.keys()].filter((code) => seen[code] === 1) };
}

function roomFor(exits: number, length: number): Uint8Array | Uint16Array {
  return 2 * exits <= 0x100 ? new Uint8Array(length) : new Uint16Array(length);
}

/** From the last case to the first: a true one takes the row, an undetermined one marks whatever comes later. */
function exitsByCases({ tests }: Extract<Chooser, { kind: 'cases' }>, columns: RecordColumns): ExitColumn {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined)
    return finish(lookUp(testColumn(only, columns), Uint8Array.of(2, 0, 3), columns.length), 2);
  const codes = roomFor(tests.length + 1, columns.length).fill(2 * tests.length);
  for (let index = tests.length - 1; index >= 0; index -= 1) {
    const mask = testColumn(tests[index] as (typeof tests)[number], columns);
    applyCase(codes, mask, 2 * index);
  }
  return finish(codes, tests.length + 1);
}

function applyCase(codes: Uint8Array | Uint16Array, mask: Uint8Array, exit: number): void {
  for (let row = 0; row < mask.length; row += 1) {
    const answer = mask[row] as number;
    const taken = -(answer & 1);
    codes[row] = ((codes[row] as number) & ~taken) | (exit & taken) | (answer >> 1);
  }
}

function exitsByTable(
  { labelSlot, confidenceSlot, atLeast, labels }: Extract<Chooser, { kind: 'table' }>,
  columns: RecordColumns,
): ExitColumn {
  const label = columnAt(columns, labelSlot);
  const confidence = columnAt(columns, confidenceSlot);
  const otherwise = labels.length;
  const codes = roomFor(otherwise + 1, columns.length);
  if (label.kind !== 'coded' || confidence.kind !== 'number')
    return finish(codes.fill(2 * otherwise + 1), otherwise + 1);
  const sure = compareColumn('>=', confidence.values, atLeast, columns.length);
  const ports = new Map(labels.map((text, index) => [text, index]));
  const exits = new Uint16Array(3 * label.dictionary.length);
  for (const [code, value] of label.dictionary.entries()) {
    const known = typeof value === 'string';
    exits[3 * code] = 2 * otherwise + (known ? 0 : 1);
    exits[3 * code + 1] = known ? 2 * (ports.get(value) ?? otherwise) : 2 * otherwise + 1;
    exits[3 * code + 2] = 2 * otherwise + 1;
  }
  for (let row = 0; row < codes.length; row += 1) {
    codes[row] = exits[3 * (label.codes[row] as number) + (sure[row] as number)] as number;
  }
  return finish(codes, otherwise + 1);
}

/** Marks the values that leave the choice to the row's own draw. */
const byDraw = 0xffff;

function exitsByShares(
  { bySlot, drawSlot, salt, bounds }: Extract<Chooser, { kind: 'shares' }>,
  columns: RecordColumns,
): ExitColumn {
  const last = bounds.length - 1;
  const drawn = drawExits(columnAt(columns, drawSlot), bounds, columns.length);
  const by = bySlot === null ? undefined : columnAt(columns, bySlot);
  if (by === undefined) return finish(drawn, bounds.length);
  if (by.kind !== 'coded') return finish(drawn.fill(2 * last + 1), bounds.length);
  const exits = Uint16Array.from(by.dictionary, (value) => {
    if (typeof value !== 'string') return 2 * last + 1;
    return value === '' ? byDraw : 2 * armAt(stickyPoint(salt, value), bounds);
  });
  for (let row = 0; row < drawn.length; row += 1) {
    const exit = exits[by.codes[row] as number] as number;
    if (exit !== byDraw) drawn[row] = exit;
  }
  return finish(drawn, bounds.length);
}

function drawExits(draw: Column, bounds: readonly number[], length: number): Uint8Array | Uint16Array {
  const last = bounds.length - 1;
  const codes = roomFor(bounds.length, length).fill(2 * last + 1);
  if (draw.kind !== 'number') return codes;
  for (let row = 0; row < length; row += 1) {
    const point = draw.values[row] as number;
    if (!Number.isNaN(point)) codes[row] = 2 * armAt(point, bounds);
  }
  return codes;
}

/** The first arm whose bound lies above the point, else the last. */
function armAt(point: number, bounds: readonly number[]): number {
  const last = bounds.length - 1;
  for (let arm = 0; arm < last; arm += 1) if (point < (bounds[arm] as number)) return arm;
  return last;
}

function columnAt(columns: RecordColumns, slot: number): Column {
  return columns.column((signalRegistry[slot] as { readonly name: SignalName }).name);
}
