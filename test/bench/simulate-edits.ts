import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { compilePolicy, type Plan } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { openSession, type RecordColumns } from '#engine/simulate/index.ts';
import { median, printTable } from './print-table.ts';
import { models, routingPolicy, usualThresholds } from './routing-policy.ts';

const rounds = 12;

/**
 * What an author waits for after an edit, in a session over the same records: another wiring of conditions it has seen,
 * another model, another threshold. Each round asks something new; the first of each kind warms up. `duckdbMs` is what
 * the same records take there.
 */
export function benchEdits(columns: RecordColumns, duckdbMs: number): void {
  const session = openSession({ columns, catalogue: defaultCatalogue, priceBook: defaultPriceBook });
  const opened = timed(() => session.ask(planOf(base), null));
  const edits: readonly (readonly [string, (round: number) => Policy])[] = [
    ['an edge moved', rewired],
    ['another model', (round) => withModel(round)],
    ['a threshold moved', (round) => routingPolicy({ ...usualThresholds, long: 59_000 - 700 * round })],
  ];
  const rows = edits.map(([name, edit]) => {
    const spent = Array.from({ length: rounds }, (_, round) => {
      const plan = planOf(edit(round));
      return timed(() => session.ask(plan, null));
    });
    const ms = median(spent.slice(2));
    return [`session: ${name}`, ms, ms / duckdbMs] as const;
  });
  printTable(
    ['1,000,000 records, from edit to numbers', 'ms', 'times DuckDB'],
    [['session: the first answer', opened, opened / duckdbMs], ...rows],
  );
}

const base = routingPolicy(usualThresholds);

/** Each round leads the case or the rest of a condition somewhere else. */
function rewired(round: number): Policy {
  const to = ['strong', 'small', 'window', 'large', 'flash', 'opus'][round % 6] ?? 'small';
  const name = round % 2 === 0 ? 'turns' : 'hour';
  const node = base.nodes[name];
  if (node?.kind !== 'condition') throw new Error(`The bench policy has no condition "${name}".`);
  const [first] = node.cases;
  const cases = first === undefined ? [] : [{ ...first, to }];
  return { ...base, nodes: { ...base.nodes, [name]: { ...node, cases } } };
}

const others = [...defaultPriceBook.prices.keys()]
  .filter((id) => id.startsWith('openai/gpt-'))
  .slice(0, rounds);

function withModel(round: number): Policy {
  const target = others[round % others.length] ?? models.small;
  const node = base.nodes.small;
  if (node?.kind !== 'model') throw new Error('The bench policy has no model "small".');
  // A model nobody has asked about yet: the price of every row that goes there is new.
  return {
    ...base,
    nodes: { ...base.nodes, small: { ...node, target } },
  };
}

function planOf(policy: Policy): Plan {
  const compiled = compilePolicy(policy);
  if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.plan;
}

function timed(act: () => { readonly kind: string }): number {
  const start = performance.now();
  const { kind } = act();
  if (kind !== 'told') throw new Error('The session could not tell.');
  return performance.now() - start;
}
