/** Values that stand a second time in a list, with the place of the repetition. */
export function findRepeated(
  values: readonly string[],
): readonly { readonly value: string; readonly index: number }[] {
  const seen = new Set<string>();
  const repeated: { value: string; index: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) repeated.push({ value, index });
    seen.add(value);
  }
  return repeated;
}
