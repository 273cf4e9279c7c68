import type { StaticEmbedding } from './static-embedding.ts';
import { probabilities, trainExamples, vectorOf } from './train-examples.ts';

/** How well examples tell their labels apart, found by leaving some of them out at a time. */
export interface Validation {
  /** Share of examples that were recognised by a model that had not seen them; `null` with fewer than two a label. */
  readonly accuracy: number | null;
  /** Labels that were taken for one another, most often first. */
  readonly confusions: readonly {
    readonly label: string;
    readonly takenFor: string;
    readonly count: number;
  }[];
}

const folds = 5;

/** Five-fold cross-validation, every label spread over the folds. Deterministic. */
export function crossValidate(
  byLabel: Readonly<Record<string, readonly string[]>>,
  embedding: StaticEmbedding,
): Validation {
  const labels = Object.keys(byLabel).filter((label) => (byLabel[label] ?? []).length > 0);
  if (labels.length < 2 || labels.some((label) => (byLabel[label] ?? []).length < 2))
    return { accuracy: null, confusions: [] };
  const examples = labels.flatMap((label, target) =>
    (byLabel[label] ?? []).map((text, index) => ({
      target,
      fold: index % folds,
      vector: vectorOf(text, embedding),
    })),
  );
  const taken = new Map<string, number>();
  let right = 0;
  for (let fold = 0; fold < folds; fold += 1) {
    const seen = examples.filter((one) => one.fold !== fold);
    const left = examples.filter((one) => one.fold === fold);
    if (left.length === 0) continue;
    const model = trainExamples(
      seen.map(({ vector }) => vector),
      seen.map(({ target }) => target),
      labels,
      embedding.dimensions,
    );
    for (const { target, vector } of left) {
      const chances = probabilities(model, vector);
      const best = chances.indexOf(Math.max(...chances));
      if (best === target) right += 1;
      else taken.set(`${target} ${best}`, (taken.get(`${target} ${best}`) ?? 0) + 1);
    }
  }
  const confusions = [...taken].map(([pair, count]) => {
    const [label = 0, takenFor = 0] = pair.split(' ').map(Number);
    return { label: labels[label] ?? '', takenFor: labels[takenFor] ?? '', count };
  });
  return { accuracy: right / examples.length, confusions: confusions.sort((a, b) => b.count - a.count) };
}
