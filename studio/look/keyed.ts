/** Things without a name, each with a key that stays when others come or go: what it says, and how often that was said before. */
export function keyed<T>(
  items: readonly T[],
  textOf: (item: T) => string,
): readonly { readonly key: string; readonly item: T }[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const text = textOf(item);
    const nth = counts.get(text) ?? 0;
    counts.set(text, nth + 1);
    return { key: `${nth} ${text}`, item };
  });
}
