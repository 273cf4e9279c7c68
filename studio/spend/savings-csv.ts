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
  return ['measure,value', ...rows.map((row) => row.map(cellOf).join(','))].join('\r\n').concat('\r\n');
}

function dollars(nanoUsd: number): string {
  return (nanoUsd / 1e9).toFixed(9);
}

/** Quoted where it must be; a text that a spreadsheet would take for a formula is led by an apostrophe. */
function cellOf(value: string | number): string {
  const text =
    typeof value === 'string' && /^[=+@\t-]/.test(value) && Number.isNaN(Number(value))
      ? `'${value}`
      : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
