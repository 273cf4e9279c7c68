import { inputClasses, type RecordFacts } from '../prepare-records.ts';
import { classes, type PriceTable, tierOf } from '../price-table.ts';
import type { TokenFactors } from './estimator.ts';

/** Cost of a row's input and of its answer by a line of the table, the six usual classes only, in nano-dollars. */
export function priceParts(
  table: PriceTable,
  line: number,
  facts: RecordFacts,
  row: number,
  factors: TokenFactors | null,
): { readonly input: number; readonly output: number } {
  const scale = factors?.input ?? 1;
  const tier = tierOf(table, line, scale * (facts.totalInput()[row] ?? 0));
  const { values, width, places } = facts.tokens;
  let [input, output] = [0, 0];
  for (const [at, place] of places.entries()) {
    const pico = (values[width * row + at] as number) * (table.rates[classes * tier + place] as number);
    if (place < inputClasses) input += pico * scale;
    else output += pico * (factors?.output[facts.tasks.codes[row] as number] ?? 1);
  }
  return { input: input / 1_000, output: output / 1_000 };
}
