/** Adds shares without the dust of binary fractions. */
export function sumOfShares(shares: readonly number[]): number {
  return Math.round(shares.reduce((sum, share) => sum + share, 0) * 1e9) / 1e9;
}

const parts = 1_000;

/**
 * Shares in the same proportions that add up to 1, in steps of 0.1 %. What rounding leaves over goes to the shares that
 * lost most by it. All zero: equal shares.
 */
export function balanceShares(shares: readonly number[]): readonly number[] {
  if (shares.length === 0) return [];
  const sum = shares.reduce((total, share) => total + share, 0);
  const exact = shares.map((share) => (sum > 0 ? (share / sum) * parts : parts / shares.length));
  const whole = exact.map(Math.floor);
  const left = parts - whole.reduce((total, share) => total + share, 0);
  const byLoss = exact
    .map((share, index) => ({ index, loss: share - Math.floor(share) }))
    .sort((one, other) => other.loss - one.loss);
  for (const { index } of byLoss.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole.map((share) => share / parts);
}
