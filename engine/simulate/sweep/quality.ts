import type { Catalogue } from '../../catalogue/index.ts';
import type { Replay } from '../simulate.ts';

export interface Quality {
  /** 0–100; `null` where no model asked has an index. */
  readonly before: number | null;
  readonly after: number | null;
  /** Share of the requests that the mean after the change holds. */
  readonly told: number;
}

/** Mean quality index of the models asked first, requests weighted by their difficulty; see the README for what it is worth. */
export function qualityOf({ whatIf, bins }: Replay): Quality {
  const { columns, catalogue } = whatIf;
  const difficulty = columns.column('task.difficulty');
  const weights = new Float64Array(bins.bins.length);
  const rows = new Float64Array(bins.bins.length);
  const usual = meanKnown(difficulty.kind === 'number' ? difficulty.values : new Float64Array());
  for (let row = 0; row < columns.length; row += 1) {
    const bin = bins.codes[row] as number;
    const known = difficulty.kind === 'number' ? (difficulty.values[row] as number) : Number.NaN;
    weights[bin] = (weights[bin] as number) + (Number.isNaN(known) ? usual : known);
    rows[bin] = (rows[bin] as number) + 1;
  }
  const side = (name: 'before' | 'after') => {
    let [sum, weight, told] = [0, 0, 0];
    for (const [index, bin] of bins.bins.entries()) {
      const quality = indexOf(catalogue, bin[name].target);
      if (quality === null) continue;
      sum += quality * (weights[index] ?? 0);
      weight += weights[index] ?? 0;
      told += rows[index] ?? 0;
    }
    return { mean: weight === 0 ? null : sum / weight, told };
  };
  const after = side('after');
  return {
    before: side('before').mean,
    after: after.mean,
    told: columns.length === 0 ? 0 : after.told / columns.length,
  };
}

function indexOf(catalogue: Catalogue, target: string): number | null {
  return catalogue.find(target)?.quality?.index ?? null;
}

function meanKnown(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? 0.5 : sum / count;
}
