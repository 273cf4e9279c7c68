import { csvLine } from '#server/contract/csv.ts';
import type { CallAnswer } from '../client/call-api.ts';

export type Comparison = CallAnswer<'compareSpend'>;

/** A savings report as a table of measure and value: amounts in dollars, with the interval and what it rests on. */
export function savingsCsv(
  { from, to, requests, actual, routing, other, saved, coverage, assumptions }: Comparison,
  { baseline, looked }: { readonly baseline: string; readonly looked: string },
): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['from', new Date(from).toISOString()],
    ['to', new Date(to).toISOString()],
    ['baseline', baseline],
    ['looked at', looked],
    ['requests', requests],
    ['cost looked at, USD', dollars(actual)],
    ['of it routing, USD', dollars(routing)],
    ['cost of the baseline, USD', dollars(other.cost)],
    ['saved, net of routing, USD', dollars(saved.net)],
    ['saved at least (95 %), USD', dollars(saved.low)],
    ['saved at most (95 %), USD', dollars(saved.high)],
    ['saved before routing, USD', dollars(saved.gross)],
    ['share of requests with a known cost', coverage],
    ...assumptions.map((text) => ['rests on', text] as const),
  ];
  return [['measure', 'value'], ...rows].map(csvLine).join('');
}

function dollars(nanoUsd: number): string {
  return (nanoUsd / 1e9).toFixed(9);
}
