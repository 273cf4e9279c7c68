import { type Decision, type Plan, type PlanNode, pathText, targetsOf, walk } from '../plan/index.ts';
import type { RecordColumns } from './columns.ts';
import { type ExitColumn, exitColumn } from './exit-column.ts';
import { type Codes, codesBelow } from './pair-codes.ts';

/** A decision that some rows share. */
export interface RoutedDecision {
  readonly decision: Decision;
  readonly path: string;
  readonly targets: readonly string[];
  /** The first target; empty when refused. */
  readonly target: string;
  readonly refused: boolean;
  readonly undetermined: boolean;
}

/** What a plan decides for every row: an index into `decisions`. Not every decision need have rows. */
export interface Routed {
  readonly codes: Codes;
  readonly decisions: readonly RoutedDecision[];
}

type ChoosingNode = Extract<PlanNode, { kind: 'choose' }>;

/** The rows that took the same exits so far. */
interface Cell {
  /** Indexes of the nodes these rows reach. */
  readonly reached: ReadonlySet<number>;
  /** The exits taken, by node, as codes of {@link ExitColumn}. */
  readonly taken: ReadonlyMap<PlanNode, number>;
}

/**
 * Routes all rows at once. Nodes are taken from the entry on; a choosing node divides the cells that reach it by the
 * exits their rows take. Each cell left at the end is walked once through the plan by the same function that decides a
 * live request, with the exits looked up instead of asked for: the plan keeps its one evaluator.
 */
export function routeColumns(plan: Plan, columns: RecordColumns): Routed {
  let codes: Codes = new Uint16Array(columns.length);
  let cells: readonly Cell[] = [{ reached: new Set([plan.entry]), taken: new Map() }];
  for (let index = plan.entry; index >= 0; index -= 1) {
    const node = plan.nodes[index];
    if (node === undefined || !cells.some((cell) => cell.reached.has(index))) continue;
    if (node.kind === 'sequence') cells = cells.map((cell) => reachAll(cell, index, node.next));
    if (node.kind === 'choose') {
      const exit = exitColumn(node.chooser, columns);
      const divided = divideCells(cells, index, node, exit);
      codes = moveRows(codes, exit, divided.next, divided.cells.length);
      cells = divided.cells;
      if (cells.length > mostEmptyCells) ({ codes, cells } = dropEmptyCells(codes, cells));
    }
  }
  return { codes, decisions: cells.map((cell) => decisionOf(plan, cell)) };
}

/** Cells without rows cost little until there are many of them. */
const mostEmptyCells = 1_024;

function reachAll(cell: Cell, index: number, next: readonly number[]): Cell {
  return cell.reached.has(index) ? { ...cell, reached: new Set([...cell.reached, ...next]) } : cell;
}

/** The cells after a node, and `next[cell · codes + code]`: where a row of a cell goes. */
function divideCells(
  cells: readonly Cell[],
  index: number,
  node: ChoosingNode,
  exit: ExitColumn,
): { readonly cells: readonly Cell[]; readonly next: Uint32Array } {
  const width = 2 * exit.exits;
  const next = new Uint32Array(cells.length * width);
  const divided: Cell[] = [];
  for (const [at, cell] of cells.entries()) {
    if (!cell.reached.has(index)) {
      next.fill(divided.push(cell) - 1, at * width, (at + 1) * width);
      continue;
    }
    for (const code of exit.present) {
      const reached = new Set(cell.reached).add(node.next[code >> 1] as number);
      next[at * width + code] = divided.push({ reached, taken: new Map(cell.taken).set(node, code) }) - 1;
    }
  }
  return { cells: divided, next };
}

function moveRows(codes: Codes, exit: ExitColumn, next: Uint32Array, cells: number): Codes {
  const width = 2 * exit.exits;
  const moved = cells <= 0x1_0000 && codes instanceof Uint16Array ? codes : codesBelow(cells, codes.length);
  const exits = exit.codes;
  for (let row = 0; row < codes.length; row += 1) {
    moved[row] = next[(codes[row] as number) * width + (exits[row] as number)] as number;
  }
  return moved;
}

function dropEmptyCells(
  codes: Codes,
  cells: readonly Cell[],
): { readonly codes: Codes; readonly cells: readonly Cell[] } {
  const renumbered = new Uint32Array(cells.length);
  for (let row = 0; row < codes.length; row += 1) renumbered[codes[row] as number] = 1;
  const kept = cells.filter((_, cell) => renumbered[cell] === 1);
  let count = 0;
  for (let cell = 0; cell < cells.length; cell += 1) if (renumbered[cell] === 1) renumbered[cell] = count++;
  const moved = codesBelow(kept.length, codes.length);
  for (let row = 0; row < codes.length; row += 1) moved[row] = renumbered[codes[row] as number] as number;
  return { codes: moved, cells: kept };
}

function decisionOf(plan: Plan, cell: Cell): RoutedDecision {
  const decision = walk(plan, (node) => {
    const code = cell.taken.get(node);
    if (code === undefined) throw new Error(`A cell of rows reached "${node.id}" without taking an exit.`);
    return code & 1 ? ~(code >> 1) : code >> 1;
  });
  const [first] = decision.attempts;
  const refused = first?.kind !== 'call';
  return {
    decision,
    path: pathText(decision.path),
    targets: targetsOf(decision),
    target: refused ? '' : first.target,
    refused,
    undetermined: decision.path.some((step) => step.undetermined),
  };
}
