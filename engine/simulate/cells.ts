import { type Plan, type PlanNode, portIndex } from '../plan/index.ts';
import type { RecordColumns } from './columns.ts';
import { type ExitColumn, exitColumn } from './exit-column.ts';
import type { LimitExits } from './replay-limits.ts';

/** The rows that took the same exits so far. */
export interface Cell {
  /** Indexes of the nodes these rows reach. */
  readonly reached: ReadonlySet<number>;
  /** What they chose at each choosing node they reached. */
  readonly taken: ReadonlyMap<PlanNode, number>;
}

interface BatchNode {
  readonly index: number;
  readonly node: Extract<PlanNode, { kind: 'choose' }>;
  readonly exit: ExitColumn;
  /** Where its code lies in the key of a row. */
  readonly shift: number;
}

/** Some choosing nodes that are taken in one go, and the other nodes between them. */
export interface Batch {
  readonly nodes: readonly BatchNode[];
  /** Sequences and changes on the way: what is below is reached with them. */
  readonly sequences: ReadonlyMap<number, readonly number[]>;
  /** Bits of a key. */
  readonly bits: number;
  /** Index of the first node that is not in the batch. */
  readonly below: number;
}

/** Keys of one byte a row can be put together four rows at a time. */
const mostKeyBits = 8;
const mostTableBits = 13;

/**
 * The choosing nodes from `from` on that fit into one key together, given how many cells there are to divide: at least
 * one, so that a table of all cells and keys stays small.
 */
export function nextBatch(
  plan: Plan,
  from: number,
  columns: RecordColumns,
  cells: number,
  limits: LimitExits,
): Batch {
  const room = Math.min(mostKeyBits, mostTableBits - bitsFor(cells));
  const nodes: BatchNode[] = [];
  const sequences = new Map<number, readonly number[]>();
  let bits = 0;
  let index = from;
  for (; index >= 0; index -= 1) {
    const node = plan.nodes[index];
    if (node?.kind === 'sequence' || node?.kind === 'change') sequences.set(index, node.next);
    if (node?.kind !== 'choose') continue;
    const exit = limits.get(node) ?? exitColumn(node.chooser, columns);
    const own = bitsFor(exit.choices.length);
    if (nodes.length > 0 && bits + own > room) break;
    nodes.push({ index, node, exit, shift: bits });
    bits += own;
  }
  return { nodes, sequences, bits, below: index };
}

function bitsFor(count: number): number {
  return 32 - Math.clz32(Math.max(1, count) - 1);
}

/** A cell in the making: which bits of the key its rows share. */
interface Part {
  readonly cell: Cell;
  readonly fixed: number;
  readonly key: number;
}

/** The cells after a batch, and `next[cell · 2^bits + key]`: where the rows of a cell go. */
export function divideCells(
  cells: readonly Cell[],
  batch: Batch,
): { readonly cells: readonly Cell[]; readonly next: Int32Array } {
  const next = new Int32Array(cells.length << batch.bits);
  const divided: Cell[] = [];
  for (const [at, cell] of cells.entries()) {
    for (const part of divideCell(cell, batch)) {
      fillKeys(next, at << batch.bits, part, (1 << batch.bits) - 1, divided.push(part.cell) - 1);
    }
  }
  return { cells: divided, next };
}

function divideCell(cell: Cell, batch: Batch): readonly Part[] {
  let parts: readonly Part[] = [{ cell, fixed: 0, key: 0 }];
  let passed = Number.POSITIVE_INFINITY;
  for (const node of batch.nodes) {
    parts = parts.map((part) => passSequences(part, batch, passed, node.index));
    parts = parts.flatMap((part) => (part.cell.reached.has(node.index) ? dividePart(part, node) : [part]));
    passed = node.index;
  }
  return parts.map((part) => passSequences(part, batch, passed, batch.below));
}

/** Sequences that stand between two nodes of the plan, from the entry down. */
function passSequences(part: Part, { sequences }: Batch, above: number, below: number): Part {
  let { cell } = part;
  for (const [index, next] of sequences) {
    if (index < above && index > below) cell = reachAll(cell, index, next);
  }
  return cell === part.cell ? part : { ...part, cell };
}

/** A cell that reaches a sequence reaches all its tries. */
export function reachAll(cell: Cell, index: number, next: readonly number[]): Cell {
  return cell.reached.has(index) ? { ...cell, reached: new Set([...cell.reached, ...next]) } : cell;
}

function dividePart({ cell, fixed, key }: Part, { node, exit, shift }: BatchNode): readonly Part[] {
  const own = ((1 << bitsFor(exit.choices.length)) - 1) << shift;
  return exit.choices.map((choice, code) => ({
    cell: {
      reached: new Set(cell.reached).add(node.next[portIndex(choice)] as number),
      taken: new Map(cell.taken).set(node, choice),
    },
    fixed: fixed | own,
    key: key | (code << shift),
  }));
}

/** Writes a part's number under every key that agrees with it: all ways of filling the bits that are not fixed. */
function fillKeys(next: Int32Array, offset: number, { fixed, key }: Part, all: number, part: number): void {
  const free = all & ~fixed;
  let filled = 0;
  do {
    next[offset + (key | filled)] = part;
    filled = (filled - free) & free;
  } while (filled !== 0);
}
