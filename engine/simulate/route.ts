import { type Decision, type Plan, pathText, targetsOf, walk } from '../plan/index.ts';
import { type Batch, type Cell, divideCells, nextBatch, reachAll } from './cells.ts';
import type { RecordColumns } from './columns.ts';
import { type Codes, codesBelow, pairUsed } from './pair-codes.ts';
import { poolColumn } from './pool-column.ts';
import type { LimitExits } from './replay-limits.ts';

/** A decision that some rows share. */
export interface RoutedDecision {
  readonly decision: Decision;
  readonly path: string;
  readonly targets: readonly string[];
  /** The first target; empty when refused. */
  readonly target: string;
  readonly refused: boolean;
  readonly undetermined: boolean;
  /** Tokens that the logged answer of these rows is cut to; `null`: it is short enough. */
  readonly cap: number | null;
  /** The answer has to be accepted, or another call follows. */
  readonly cascade: RoutedCascade | null;
}

export interface RoutedCascade {
  readonly node: string;
  readonly first: string;
  /** Asked further; `null` where a refusal follows. */
  readonly next: string | null;
  readonly judges: readonly string[];
}

/** What a plan decides for every row: an index into `decisions`. Not every decision need have rows. */
export interface Routed {
  readonly codes: Codes;
  readonly decisions: readonly RoutedDecision[];
  /** Where one look-up says it all, its table: `codes[row]` is `table[keys[row]]`, and worked out when asked for. */
  readonly looked: { readonly keys: Uint8Array; readonly table: Int32Array } | null;
}

/**
 * Routes all rows at once. Nodes are taken from the entry on, a few choosing ones at a time; each divides the cells
 * that reach it by the exits their rows take. Each cell left at the end is walked once through the plan by the same
 * function that decides a live request, with the exits looked up instead of asked for: the plan keeps its one evaluator.
 * `limits` are the exits of limit nodes where they were replayed; else the log says what was used.
 */
export function routeColumns(plan: Plan, columns: RecordColumns, limits: LimitExits = new Map()): Routed {
  let moved: Moved = { codes: () => new Uint16Array(columns.length), looked: null };
  let cells: readonly Cell[] = [{ reached: new Set([plan.entry]), taken: new Map() }];
  for (let index = plan.entry; index >= 0; ) {
    const node = plan.nodes[index];
    if (node?.kind !== 'choose' || !cells.some((cell) => cell.reached.has(index))) {
      if (node?.kind === 'sequence' || node?.kind === 'change')
        cells = cells.map((cell) => reachAll(cell, index, node.next));
      index -= 1;
      continue;
    }
    const batch = nextBatch(plan, index, columns, cells.length, limits);
    const divided = divideCells(cells, batch);
    moved = moveRows(
      cells.length === 1 ? null : moved.codes(),
      keysOf(batch, columns.length),
      batch.bits,
      divided,
    );
    cells = divided.cells;
    if (cells.length > mostEmptyCells) ({ moved, cells } = dropEmptyCells(moved.codes(), cells));
    index = batch.below;
  }
  ({ moved, cells } = dividePools(plan, columns, moved, cells));
  const { codes, looked } = moved;
  return {
    get codes() {
      return codes();
    },
    looked,
    decisions: cells.map(({ taken }) => decisionOf(plan, taken)),
  };
}

/** The cell of every row, worked out when it is first asked for. */
interface Moved {
  readonly codes: () => Codes;
  readonly looked: Routed['looked'];
}

/**
 * Pools come last: nothing is below them. Each divides the cells that reach it by the orders of candidates that their
 * rows really have, since there could be many more.
 */
function dividePools(
  plan: Plan,
  columns: RecordColumns,
  before: Moved,
  undivided: readonly Cell[],
): { readonly moved: Moved; readonly cells: readonly Cell[] } {
  let moved = before;
  let cells = undivided;
  for (const [index, node] of plan.nodes.entries()) {
    if (node.kind !== 'pool' || !cells.some((cell) => cell.reached.has(index))) continue;
    const codes = moved.codes();
    const reaches = Uint8Array.from(cells, (cell) => Number(cell.reached.has(index)));
    const { choices, codes: taken } = poolColumn(node, columns, codes, reaches);
    const pairs = pairUsed(codes, cells.length, taken, choices.length);
    const divided = pairs.left.map((cell, at): Cell => {
      const { reached, taken: exits } = cells[cell] as Cell;
      const choice = choices[pairs.right[at] as number];
      return choice === undefined || choice === null
        ? { reached, taken: exits }
        : { reached, taken: new Map(exits).set(node, choice) };
    });
    moved = { codes: () => pairs.codes, looked: null };
    cells = divided;
  }
  return { moved, cells };
}

/** Cells without rows cost little until there are many of them. */
const mostEmptyCells = 1_024;

/** The exits of all nodes of a batch side by side in one byte, a few bits each. */
function keysOf({ nodes }: Batch, length: number): Uint8Array | Uint16Array {
  const [first] = nodes;
  if (nodes.length === 1 && first !== undefined) return first.exit.codes;
  const words = new Int32Array(Math.ceil(length / 4));
  for (let from = 0; from < nodes.length; from += 3) packExits(words, nodes.slice(from, from + 3));
  const keys = new Uint8Array(words.buffer, 0, length);
  for (let row = length & ~3; row < length; row += 1)
    keys[row] = nodes.reduce((key, { exit, shift }) => key | ((exit.codes[row] as number) << shift), 0);
  return keys;
}

/**
 * Four rows and three columns at a time: a code stays inside its byte, whatever it is shifted by. Where there are fewer
 * columns, one is put in again, which changes nothing.
 */
function packExits(words: Int32Array, nodes: Batch['nodes']): void {
  const [a, b = a, c = a] = nodes;
  if (a === undefined || b === undefined || c === undefined) return;
  const [first, second, third] = [fourRows(a.exit.codes), fourRows(b.exit.codes), fourRows(c.exit.codes)];
  const [by1, by2, by3] = [a.shift, b.shift, c.shift];
  for (let word = 0; word < first.length; word += 1) {
    words[word] =
      (words[word] as number) |
      ((first[word] as number) << by1) |
      ((second[word] as number) << by2) |
      ((third[word] as number) << by3);
  }
}

function fourRows(codes: Uint8Array | Uint16Array): Int32Array {
  return new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 2);
}

/** `next[code · 2^bits + key]` for every row. Where all rows are still in one cell, there are no codes. */
function moveRows(
  codes: Codes | null,
  keys: Uint8Array | Uint16Array,
  bits: number,
  { cells, next }: ReturnType<typeof divideCells>,
): Moved {
  if (codes === null) {
    let found: Codes | undefined;
    const find = () => {
      found ??= lookUpCells(keys, next, cells.length);
      return found;
    };
    return { codes: find, looked: keys instanceof Uint8Array ? { keys, table: next } : null };
  }
  const moved = codesBelow(cells.length, keys.length);
  for (let row = 0; row < moved.length; row += 1) {
    moved[row] = next[((codes[row] as number) << bits) | (keys[row] as number)] as number;
  }
  return { codes: () => moved, looked: null };
}

function lookUpCells(keys: Uint8Array | Uint16Array, next: Int32Array, cells: number): Codes {
  const found = codesBelow(cells, keys.length);
  const done = found instanceof Uint16Array ? moveTwoByTwo(found, keys, next) : 0;
  for (let row = done; row < found.length; row += 1) found[row] = next[keys[row] as number] as number;
  return found;
}

/** Answers how many rows it took. */
function moveTwoByTwo(moved: Uint16Array, keys: Uint8Array | Uint16Array, next: Int32Array): number {
  const words = new Int32Array(moved.buffer, 0, moved.length >> 1);
  for (let word = 0, row = 0; word < words.length; word += 1, row += 2) {
    words[word] = (next[keys[row] as number] as number) | ((next[keys[row + 1] as number] as number) << 16);
  }
  return 2 * words.length;
}

function dropEmptyCells(
  codes: Codes,
  cells: readonly Cell[],
): { readonly moved: Moved; readonly cells: readonly Cell[] } {
  const renumbered = new Uint32Array(cells.length);
  for (let row = 0; row < codes.length; row += 1) renumbered[codes[row] as number] = 1;
  const kept = cells.filter((_, cell) => renumbered[cell] === 1);
  let count = 0;
  for (let cell = 0; cell < cells.length; cell += 1) if (renumbered[cell] === 1) renumbered[cell] = count++;
  const moved = codesBelow(kept.length, codes.length);
  for (let row = 0; row < codes.length; row += 1) moved[row] = renumbered[codes[row] as number] as number;
  return { moved: { codes: () => moved, looked: null }, cells: kept };
}

/** What follows from the exits that were taken, by the function that decides a live request. */
export function decisionOf(plan: Plan, taken: Cell['taken']): RoutedDecision {
  const decision = walk(plan, (node) => {
    const choice = taken.get(node);
    if (choice === undefined) throw new Error(`A cell of rows reached "${node.id}" without taking an exit.`);
    return choice;
  });
  return routedOf(decision);
}

/** What a what-if needs of a decision. */
export function routedOf(decision: Decision): RoutedDecision {
  const [first] = decision.attempts;
  const refused = first?.kind !== 'call';
  return {
    decision,
    path: pathText(decision.path),
    targets: targetsOf(decision),
    target: refused ? '' : first.target,
    refused,
    undetermined: decision.path.some((step) => step.undetermined),
    cap: null,
    cascade: cascadeOf(decision),
  };
}

/** What follows when the first answer of a decision is not accepted. */
function cascadeOf({ path, attempts }: Decision): RoutedCascade | null {
  const [first] = attempts;
  if (first?.kind !== 'call' || first.accept === null) return null;
  const next = attempts[first.moves.rejected ?? -1];
  return {
    first: first.target,
    node: path.find((step) => step.port === 'first')?.node ?? '',
    next: next?.kind === 'call' ? next.target : null,
    judges: first.accept.judges.map(({ target }) => target),
  };
}
