/** Nano-dollars for people: `$0.0041`; four digits that say something, cents from ten cents on. */
export function showNanoUsd(nanoUsd: number): string {
  const usd = nanoUsd / 1e9;
  if (usd === 0) return '$0';
  if (usd >= 0.1) return `$${usd.toFixed(2)}`;
  return `$${Number(usd.toPrecision(2)).toFixed(Math.min(9, 1 - Math.floor(Math.log10(usd))))}`;
}

/** Milliseconds for people: `850 ms`, `4.2 s`, `3 min`. */
export function showMs(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** A count with its thousands set apart. */
export function showCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
