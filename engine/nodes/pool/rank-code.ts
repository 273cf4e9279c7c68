/**
 * The first few of an order as one number, so that the simulator can keep a decision a row in a column: digits of base
 * n + 1, the best candidate in the lowest. At most five of 1,500 candidates fit a number exactly.
 */
export function rankCode(order: readonly number[], attempts: number, candidates: number): number {
  let code = 0;
  for (let place = Math.min(attempts, order.length) - 1; place >= 0; place -= 1)
    code = code * (candidates + 1) + (order[place] as number) + 1;
  return code;
}

/** The way back: indexes of candidates, best first. */
export function codedOrder(code: number, candidates: number): readonly number[] {
  const order: number[] = [];
  for (let left = code; left > 0; left = Math.floor(left / (candidates + 1)))
    order.push((left % (candidates + 1)) - 1);
  return order;
}

/** Most candidates of which five fit. */
export const mostCandidates = 1_500;
