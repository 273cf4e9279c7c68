/** Sentences that begin with a count are one sentence with the counts added; others stand once. */
export function mergeAssumptions(left: readonly string[], right: readonly string[]): string[] {
  const counted = new Map<string, readonly [number, number]>();
  const plain = new Set<string>();
  for (const sentence of [...left, ...right]) {
    const [, count, of, rest] = /^(\d+) of (\d+) requests(.*)$/s.exec(sentence) ?? [];
    if (rest === undefined) {
      plain.add(sentence);
      continue;
    }
    const [had, hadOf] = counted.get(rest) ?? [0, 0];
    counted.set(rest, [had + Number(count), Math.max(hadOf, 0) + Number(of)]);
  }
  const untold = [...plain].filter((sentence) => noCost.test(sentence));
  for (const sentence of untold) plain.delete(sentence);
  return [
    ...plain,
    ...[...counted].map(([rest, [count, of]]) => `${count} of ${of} requests${rest}`),
    ...addUntold(untold),
  ];
}

const noCost = /^No cost is known for (\d+) requests before and (\d+) after(.*)$/s;

function addUntold(sentences: readonly string[]): readonly string[] {
  const found = sentences.map((sentence) => noCost.exec(sentence));
  const rest = found[0]?.[3];
  if (rest === undefined) return [];
  const sum = (at: 1 | 2) => found.reduce((total, one) => total + Number(one?.[at] ?? 0), 0);
  return [`No cost is known for ${sum(1)} requests before and ${sum(2)} after${rest}`];
}
