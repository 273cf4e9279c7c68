const LARGEST_PICO_PER_TOKEN = 1_000_000_000_000;

/**
 * USD per million tokens → whole pico-dollars (10⁻¹² USD) per token, exactly: the decimal digits are moved,
 * nothing is multiplied. `0.0375` → `37500`.
 *
 * @returns undefined when the value is no plain decimal, negative, finer than six decimals or above
 * $1,000,000 per million tokens.
 */
export function picoFromUsdPerMillion(value: number | string): number | undefined {
  const parts = /^(\d{1,15})(?:\.(\d+))?$/.exec(String(value));
  if (parts === null) return undefined;
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > 6) return undefined;
  const pico = Number(`${parts[1]}${fraction.padEnd(6, '0')}`);
  return pico <= LARGEST_PICO_PER_TOKEN ? pico : undefined;
}
