import { tokenClassNames } from './token-columns.ts';
import type { UsageMeasures, UsageTokens } from './usage-query.ts';

/** What a table of sums calls the measures; its token classes stand beside them. */
export const countColumns = ['cost', 'requests', 'calls', 'errors', 'refused', 'unpriced'] as const;

/** What a table calls each token class. */
export type TokenColumns = { readonly [C in keyof UsageTokens]: string };

/** The measures of a row; what is missing from it counts as none. */
export function measuresIn(row: Readonly<Record<string, unknown>>, columns: TokenColumns): UsageMeasures {
  const number = (name: string) => Number(row[name] ?? 0);
  return {
    costNanoUsd: number('cost'),
    requests: number('requests'),
    calls: number('calls'),
    errors: number('errors'),
    refused: number('refused'),
    unpriced: number('unpriced'),
    tokens: {
      input: number(columns.input),
      cacheRead: number(columns.cacheRead),
      cacheWrite: number(columns.cacheWrite),
      output: number(columns.output),
      reasoning: number(columns.reasoning),
      media: number(columns.media),
    },
  };
}

/** Token classes as the columns of a row. */
export function tokenValues(tokens: UsageTokens, columns: TokenColumns): Readonly<Record<string, number>> {
  return Object.fromEntries(tokenClassNames.map((name) => [columns[name], tokens[name]]));
}
