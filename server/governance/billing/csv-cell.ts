/**
 * A value as a cell of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it, as OWASP
 * advises against CSV injection: names are typed by people, and `=HYPERLINK(…)` is a name too. Numbers stay numbers.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]|^\s+[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Whole nano-dollars as dollars with up to nine decimals, exact: `1234.000000567`. */
export function exactUsd(nanoUsd: number): string {
  const nano = BigInt(nanoUsd);
  const whole = nano / 1_000_000_000n;
  const fraction = (nano % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}
