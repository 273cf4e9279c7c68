/** Whole nano-dollars as dollars with up to nine decimals, exact: `1234.000000567`. */
export function exactUsd(nanoUsd: number): string {
  const nano = BigInt(nanoUsd);
  const whole = nano / 1_000_000_000n;
  const fraction = (nano % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}
