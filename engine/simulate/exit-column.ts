import { type Chooser, stickyPoint } from '../nodes/index.ts';
import { entryOf } from '../plan/index.ts';
import { type SignalName, signalRegistry } from '../signals/index.ts';
import { hasGaps } from './column-gaps.ts';
import { testColumn } from './column-test.ts';
import { type CodedColumn, type Column, codedOf, type RecordColumns } from './columns.ts';

/** Which exit of a choosing node each row takes, as a code. */
export interface ExitColumn {
  readonly codes: Uint8Array | Uint16Array;
  /** By code, what the node's `choose` would answer: the exit, or `~exit` where it was taken undetermined. */
  readonly choices: readonly number[];
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

/** Lets go of the exit columns of a record set, which else live as long as the set. */
export function forgetExits(columns: RecordColumns): void {
  remembered.delete(columns);
}

function applyChooser(chooser: Chooser, columns: RecordColumns): ExitColumn {
  switch (chooser.kind) {
    case 'cases':
      return exitsByCases(chooser, columns);
    case 'table':
      return chooser.key === null
        ? exitsByTable(chooser, columns)
        : exitsByKeyedTable(chooser, chooser.key, columns);
    case 'shares':
      return exitsByShares(chooser, columns);
    case 'limit':
      return exitsByLimit(chooser, columns);
  }
}

function roomFor(codes: number, length: number): Uint8Array | Uint16Array {
  return codes <= 0x100 ? new Uint8Array(length) : new Uint16Array(length);
}

function sameForAll(choice: number, length: number): ExitColumn {
  return { codes: new Uint8Array(length), choices: [choice] };
}

/**
 * From the last case to the first: a true one takes the row, an undetermined one marks whatever comes later. With one
 * case its mask is the exit column. Where nothing is undetermined the mark's bit is left out.
 */
function exitsByCases({ tests }: Extract<Chooser, { kind: 'cases' }>, columns: RecordColumns): ExitColumn {
  const masks = tests.map((test) => testColumn(test, columns));
  const [only] = masks;
  if (only === undefined) return sameForAll(0, columns.length);
  if (masks.length === 1) return { codes: only.answers, choices: only.gaps ? [1, 0, ~1] : [1, 0] };
  const bit = masks.some((mask) => mask.gaps) ? 1 : 0;
  const exits = Array.from({ length: masks.length + 1 }, (_, exit) => exit);
  const codes = roomFor(exits.length << bit, columns.length).fill(masks.length << bit);
  for (const [index, mask] of [...masks.entries()].reverse()) applyCase(codes, mask.answers, index << bit);
  return { codes, choices: bit === 1 ? exits.flatMap((exit) => [exit, ~exit]) : exits };
}

function applyCase(codes: Uint8Array | Uint16Array, answers: Uint8Array, exit: number): void {
  for (let row = 0; row < answers.length; row += 1) {
    const answer = answers[row] as number;
    const taken = -(answer & 1);
    codes[row] = ((codes[row] as number) & ~taken) | (exit & taken) | (answer >> 1);
  }
}

/** Codes are the exits, and one more for the last taken undetermined. */
function exitsByTable(
  { labelSlot, confidenceSlot, atLeast, labels }: Extract<Chooser, { kind: 'table' }>,
  columns: RecordColumns,
): ExitColumn {
  const label = columnAt(columns, labelSlot);
  const confidence = columnAt(columns, confidenceSlot);
  const otherwise = labels.length;
  if (label.kind !== 'coded' || confidence.kind !== 'number') return sameForAll(~otherwise, columns.length);
  const ports = new Map(labels.map((text, index) => [text, index]));
  const unsure = otherwise + 1;
  const exits = new Uint16Array(2 * label.dictionary.length).fill(unsure);
  for (const [code, value] of label.dictionary.entries()) {
    if (typeof value !== 'string') continue;
    exits[2 * code] = otherwise;
    exits[2 * code + 1] = ports.get(value) ?? otherwise;
  }
  const codes = roomFor(unsure + 1, columns.length);
  takeLabels(codes, label.codes, confidence.values, atLeast, exits);
  if (hasGaps(confidence))
    for (let row = 0; row < codes.length; row += 1)
      if (Number.isNaN(confidence.values[row] as number)) codes[row] = unsure;
  const sure = [...labels.keys(), otherwise];
  return { codes, choices: hasGaps(label) || hasGaps(confidence) ? [...sure, ~otherwise] : sure };
}

/** The same where both are maps: each distinct map is looked into once. Codes as in {@link exitsByTable}. */
function exitsByKeyedTable(
  { labelSlot, confidenceSlot, atLeast, labels }: Extract<Chooser, { kind: 'table' }>,
  key: string,
  columns: RecordColumns,
): ExitColumn {
  const label = codedOf(columnAt(columns, labelSlot), columns.length);
  const confidence = codedOf(columnAt(columns, confidenceSlot), columns.length);
  const otherwise = labels.length;
  const unsure = otherwise + 1;
  const ports = Uint16Array.from(label.dictionary, (map) => {
    const text = entryOf(map, key);
    if (typeof text !== 'string') return unsure;
    const port = labels.indexOf(text);
    return port < 0 ? otherwise : port;
  });
  const sureness = Uint8Array.from(confidence.dictionary, (map) => {
    const share = entryOf(map, key);
    return typeof share === 'number' ? Number(share >= atLeast) : 2;
  });
  const codes = roomFor(unsure + 1, columns.length);
  for (let row = 0; row < codes.length; row += 1) {
    const port = ports[label.codes[row] as number] as number;
    const sure = sureness[confidence.codes[row] as number] as number;
    codes[row] = sure === 2 || port === unsure ? unsure : sure === 1 ? port : otherwise;
  }
  return { codes, choices: [...labels.keys(), otherwise, ~otherwise] };
}

/** What the log says was used. Codes: within, over, within for want of knowing. */
function exitsByLimit(
  { usedSlot, key, amount }: Extract<Chooser, { kind: 'limit' }>,
  columns: RecordColumns,
): ExitColumn {
  const used = codedOf(columnAt(columns, usedSlot), columns.length);
  const exits = Uint8Array.from(used.dictionary, (map) => {
    const value = entryOf(map, key);
    return typeof value === 'number' ? Number(value >= amount) : 2;
  });
  const codes = new Uint8Array(columns.length);
  for (let row = 0; row < codes.length; row += 1) codes[row] = exits[used.codes[row] as number] as number;
  return { codes, choices: [0, 1, ~0] };
}

/** `exits` has two entries a label: for a classifier that is not sure enough, and for one that is. Four rows a word. */
function takeLabels(
  codes: Uint8Array | Uint16Array,
  labels: CodedColumn['codes'],
  confidence: Float64Array,
  atLeast: number,
  exits: Uint16Array,
): void {
  const words = new Int32Array(codes.buffer, 0, codes instanceof Uint8Array ? codes.length >> 2 : 0);
  for (let word = 0, row = 0; word < words.length; word += 1, row += 4) {
    words[word] =
      (exits[2 * (labels[row] as number) + Number((confidence[row] as number) >= atLeast)] as number) |
      ((exits[
        2 * (labels[row + 1] as number) + Number((confidence[row + 1] as number) >= atLeast)
      ] as number) <<
        8) |
      ((exits[
        2 * (labels[row + 2] as number) + Number((confidence[row + 2] as number) >= atLeast)
      ] as number) <<
        16) |
      ((exits[
        2 * (labels[row + 3] as number) + Number((confidence[row + 3] as number) >= atLeast)
      ] as number) <<
        24);
  }
  for (let row = 4 * words.length; row < codes.length; row += 1)
    codes[row] = exits[
      2 * (labels[row] as number) + Number((confidence[row] as number) >= atLeast)
    ] as number;
}

/** Marks the values that leave the choice to the row's own draw. */
const byDraw = 0xffff;

/** Codes are the arms, and one more for the last taken undetermined. */
function exitsByShares(
  { bySlot, drawSlot, salt, bounds }: Extract<Chooser, { kind: 'shares' }>,
  columns: RecordColumns,
): ExitColumn {
  const unsure = bounds.length;
  const choices = [...bounds.keys(), ~(unsure - 1)];
  const drawn = drawnArms(columnAt(columns, drawSlot), bounds, columns.length);
  if (bySlot === null) return { codes: drawn, choices };
  const by = columnAt(columns, bySlot);
  if (by.kind !== 'coded') return sameForAll(~(unsure - 1), columns.length);
  const arms = Uint16Array.from(by.dictionary, (value) => {
    if (typeof value !== 'string') return unsure;
    return value === '' ? byDraw : armAt(stickyPoint(salt, value), bounds);
  });
  for (let row = 0; row < drawn.length; row += 1) {
    const arm = arms[by.codes[row] as number] as number;
    if (arm !== byDraw) drawn[row] = arm;
  }
  return { codes: drawn, choices };
}

function drawnArms(draw: Column, bounds: readonly number[], length: number): Uint8Array | Uint16Array {
  const codes = roomFor(bounds.length + 1, length);
  if (draw.kind !== 'number') return codes.fill(bounds.length);
  for (let row = 0; row < length; row += 1) {
    const point = draw.values[row] as number;
    codes[row] = Number.isNaN(point) ? bounds.length : armAt(point, bounds);
  }
  return codes;
}

/** The first arm whose bound lies above the point, else the last. Bounds never fall, so counting those passed is enough. */
function armAt(point: number, bounds: readonly number[]): number {
  let arm = 0;
  for (let index = 0; index < bounds.length - 1; index += 1)
    arm += Number(point >= (bounds[index] as number));
  return arm;
}

function columnAt(columns: RecordColumns, slot: number): Column {
  return columns.column((signalRegistry[slot] as { readonly name: SignalName }).name);
}
