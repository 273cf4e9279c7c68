import { poolSignals } from '../nodes/index.ts';
import { type Plan, type PlanNode, portIndex } from '../plan/index.ts';
import type { RecordColumns } from './columns.ts';
import { type ExitColumn, exitColumn } from './exit-column.ts';
import { signalsCursor } from './signals-at.ts';

type Limit = Extract<PlanNode, { kind: 'choose' }>;

/** Leads one row through a plan, asking at every limit on its way; answers its first target, empty when refused. */
export type RowWalker = (row: number, atLimit: (node: Limit) => number) => string;

/** The first target of a part of a plan: empty for a refusal that is meant, `null` for a pool that has nobody. */
type First = string | null;

/** Everything but limits is looked up in columns that were worked out for all rows. */
export function makeRowWalker(plan: Plan, columns: RecordColumns): RowWalker {
  const exits = plan.nodes.map((node): ExitColumn | null =>
    node.kind === 'choose' && node.chooser.kind !== 'limit' ? exitColumn(node.chooser, columns) : null,
  );
  const signals = signalsCursor(columns, poolSignals);
  const visit = (index: number, row: number, atLimit: (node: Limit) => number): First => {
    const node = plan.nodes[index];
    switch (node?.kind) {
      case 'choose': {
        const exit = exits[index];
        const choice = exit == null ? atLimit(node) : (exit.choices[exit.codes[row] ?? 0] ?? 0);
        return visit(node.next[portIndex(choice)] ?? -1, row, atLimit);
      }
      case 'change':
        return visit(node.next[0] ?? -1, row, atLimit);
      case 'sequence': {
        const firsts = node.next.map((child) => visit(child, row, atLimit));
        const passesOver = node.sequence.on.includes('unavailable');
        const first = passesOver ? firsts.find((one) => one !== null) : firsts[0];
        return first === undefined ? null : first;
      }
      case 'attempt':
        return node.target;
      case 'pool': {
        const [first] = node.answer(node.choose(signals(row))).attempts;
        return first?.kind === 'call' ? first.target : null;
      }
      default:
        return '';
    }
  };
  return (row, atLimit) => visit(plan.entry, row, atLimit) ?? '';
}
