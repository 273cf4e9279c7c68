import type { Plan, PlanNode } from '../../plan/index.ts';
import { capMask } from '../cap-rows.ts';
import { codedOf, type RecordColumns } from '../columns.ts';
import { exitColumn } from '../exit-column.ts';
import { poolColumn } from '../pool-column.ts';
import type { Predicate } from './grouping.ts';

/** What tells rows apart under a plan: a predicate a choosing node, and one a cap. */
export interface PlanPredicates {
  readonly all: readonly Predicate[];
  /** By node: the predicate that it is, and what each of its answers chooses. */
  readonly ofNode: ReadonlyMap<PlanNode, { readonly key: string; readonly choices: readonly number[] }>;
  /** The predicate of a cap. */
  readonly capKey: (cap: number) => string;
}

/** What pools chose, by their settings: asking one takes far longer than anything else here. */
export type PoolAnswers = Map<
  string,
  { readonly codes: Uint8Array | Uint16Array; readonly choices: readonly number[] } | null
>;

/** More orders of candidates than this would make as many groups as there are rows. */
const mostOrders = 200;

/** `undefined` where a pool has too many orders. */
export function predicatesOf(
  plan: Plan,
  columns: RecordColumns,
  pools: PoolAnswers,
): PlanPredicates | undefined {
  const all: Predicate[] = [];
  const ofNode = new Map<PlanNode, { readonly key: string; readonly choices: readonly number[] }>();
  for (const node of plan.nodes) {
    if (node.kind === 'choose') {
      const exit = exitColumn(node.chooser, columns);
      const key = JSON.stringify(node.chooser);
      all.push({ key, answer: () => ({ codes: exit.codes, size: exit.choices.length }) });
      ofNode.set(node, { key, choices: exit.choices });
    } else if (node.kind === 'pool') {
      const key = `pool ${JSON.stringify([node.pool.settings, node.pool.candidates, node.pool.stripsImages])}`;
      const kept = pools.get(key);
      const answers = kept === undefined ? askPool(node, columns) : kept;
      pools.set(key, answers);
      if (answers === null) return undefined;
      all.push({ key, answer: () => ({ codes: answers.codes, size: answers.choices.length }) });
      ofNode.set(node, { key, choices: answers.choices });
    }
  }
  const hashes = codedOf(columns.column('decision.hash'), columns.length);
  const own = hashes.dictionary.includes(plan.hash) ? plan.hash : '';
  const capKey = (cap: number) => `cap ${cap} ${own}`;
  const caps = capsOf(plan).map(
    (cap): Predicate => ({
      key: capKey(cap),
      answer: () => ({ codes: capMask(cap, columns, plan.hash), size: 2 }),
    }),
  );
  return { all: [...all, ...caps], ofNode, capKey };
}

function askPool(
  node: Extract<PlanNode, { kind: 'pool' }>,
  columns: RecordColumns,
): { readonly codes: Uint16Array; readonly choices: readonly number[] } | null {
  const everywhere = new Uint16Array(columns.length);
  const { codes, choices } = poolColumn(node, columns, everywhere, Uint8Array.of(1));
  if (choices.length > mostOrders) return null;
  return { codes: Uint16Array.from(codes), choices: choices.map((choice) => choice ?? 0) };
}

/** Every cap that an answer may be cut to, each once. */
function capsOf(plan: Plan): readonly number[] {
  const caps = plan.nodes.flatMap((node) => {
    const changes =
      node.kind === 'attempt' || node.kind === 'change'
        ? node.changes
        : node.kind === 'pool'
          ? node.pool.settings.changes
          : null;
    return changes?.parameters.max_output_tokens ?? [];
  });
  return [...new Set(caps)];
}
