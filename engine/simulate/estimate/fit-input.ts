import type { Catalogue } from '../../catalogue/index.ts';
import type { Estimates } from './estimates.ts';
import { type CellSums, type Errors, errorsOf, standardError, sum } from './group-sums.ts';
import { enoughRows, priorInputSigma, priorPerEstimate } from './priors.ts';
import { shrink } from './shrink.ts';

/**
 * Input tokens of each target for one estimated token, drawn towards what its vendor states. A log whose estimates are its
 * counts, as foreign logs have them, says nothing of tokenizers and is left out.
 */
export function fitInput(
  cells: readonly CellSums[],
  catalogue: Catalogue,
): { readonly input: Estimates['input']; readonly inputErrors: readonly Errors[] } {
  const input: Estimates['input'] = [];
  const inputErrors: Errors[] = [];
  for (const target of new Set(cells.map((cell) => cell.target))) {
    const own = cells.filter((cell) => cell.target === target && sum(cell.estimated) > 0);
    const rows = own.reduce((total, cell) => total + sum(cell.rows), 0);
    const equal = own.reduce((total, cell) => total + cell.equal, 0);
    const [counted, estimated] = [addUp(own, 'input'), addUp(own, 'estimated')];
    if (rows < enoughRows || equal > rows / 2 || sum(counted) === 0) continue;
    const errors = errorsOf(counted, estimated);
    const error = standardError(errors);
    const prior = Math.log(priorPerEstimate(catalogue.find(target)));
    const shrunk = shrink(Math.log(sum(counted) / sum(estimated)), error, prior, priorInputSigma);
    input.push({
      target,
      rows,
      per_estimate: Math.exp(shrunk.mean),
      sigma: shrunk.sigma,
      spread: error * Math.sqrt(rows),
    });
    inputErrors.push({ target, task: '', byGroup: errors });
  }
  return { input, inputErrors };
}

function addUp(cells: readonly CellSums[], of: 'input' | 'estimated'): Float64Array {
  const total = new Float64Array(cells[0]?.[of].length ?? 0);
  for (const cell of cells)
    for (let group = 0; group < total.length; group += 1)
      total[group] = (total[group] as number) + (cell[of][group] as number);
  return total;
}
