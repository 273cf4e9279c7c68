import { checkExpression, compileTest, signalsOf } from '#engine/expression/index.ts';
import { checkNamedSignals } from '#engine/signals/index.ts';

/** How a condition turns out for logged requests; `unknown` where a request's signals cannot tell. */
export interface TrueFor {
  readonly yes: number;
  readonly unknown: number;
  readonly of: number;
}

/** The signals a condition reads, sorted; none where it cannot be read itself. */
export function signalsIn(text: string): readonly string[] {
  const checked = checkExpression(text);
  return checked.kind === 'bad' ? [] : [...new Set(signalsOf(checked.expr))].toSorted();
}

/** Counts the requests a condition is true for, with the evaluator of the gateway. `undefined` for one that is not right. */
export function countTrue(
  text: string,
  records: readonly Readonly<Record<string, unknown>>[],
): TrueFor | undefined {
  const checked = checkExpression(text);
  if (checked.kind === 'bad') return undefined;
  const test = compileTest(checked.expr);
  const wanted = signalsIn(text);
  let yes = 0;
  let unknown = 0;
  for (const record of records) {
    const read = checkNamedSignals(Object.fromEntries(wanted.map((name) => [name, record[name] ?? null])));
    const answer = read.kind === 'ok' ? test(read.signals) : undefined;
    if (answer === undefined) unknown += 1;
    else if (answer) yes += 1;
  }
  return { yes, unknown, of: records.length };
}
