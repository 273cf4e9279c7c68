/** A count or an amount with its thousands set apart: 68,179. */
export function showCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Nano-dollars for people: cents from a dollar on, four more digits below. */
export function showUsd(nanoUsd: number): string {
  const usd = Math.abs(nanoUsd) / 1e9;
  const digits = usd === 0 || usd >= 1 ? 2 : usd >= 0.01 ? 4 : 6;
  const [whole = '0', decimals = ''] = usd.toFixed(digits).split('.');
  return `${nanoUsd < 0 ? '−' : ''}$${showCount(Number(whole))}.${decimals}`;
}

/** A share for people: 12.3 %. */
export function showShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Rows under their headings; numbers (by heading `>`) to the right. The last column is not padded. */
export function showTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = headings.map((heading) => heading.replace(/^>/, ''));
  const widths = names.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        headings[column]?.startsWith('>')
          ? cell.padStart(widths[column] ?? 0)
          : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return `${[names, ...rows].map(line).join('\n')}\n`;
}
