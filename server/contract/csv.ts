/**
 * A value as a cell of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it, as OWASP
 * advises against CSV injection: names are typed by people, and `=HYPERLINK(…)` is a name too. Numbers stay numbers, also
 * those that come as texts (`-1.500000000`).
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = isFormula.test(value) && !isNumber.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Also the wide signs of East Asian keyboards. */
const isFormula = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/;
const isNumber = /^[+-]?\d+(\.\d+)?$/;

/** Cells as a line, its end with it. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
