/** What changed between two periods: one value of a dimension. */
export interface Mover {
  readonly value: string;
  readonly before: number;
  readonly after: number;
}

/** Those whose spend changed most, up or down, the largest change first; what did not change is left out. */
export function topMovers(
  before: readonly { readonly value: string; readonly nanoUsd: number }[],
  after: readonly { readonly value: string; readonly nanoUsd: number }[],
  count: number,
): readonly Mover[] {
  const movers = new Map<string, Mover>();
  for (const { value, nanoUsd } of before) movers.set(value, { value, before: nanoUsd, after: 0 });
  for (const { value, nanoUsd } of after)
    movers.set(value, { value, before: movers.get(value)?.before ?? 0, after: nanoUsd });
  return [...movers.values()]
    .filter((mover) => mover.before !== mover.after)
    .sort(
      (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.value < b.value ? -1 : 1),
    )
    .slice(0, count);
}
