import { z } from 'zod';
import { codedOf, type RecordColumns } from './columns.ts';

/** How often the answers of a cascade's first target were accepted in this log; `null` where it was seldom asked. */
export type Acceptance = (node: string, target: string) => number | null;

const enough = 30;
const Attempts = z.array(z.object({ target: z.string(), outcome: z.string() }));

/** Nothing is assumed of an answer that nobody has seen: half of them are accepted, and the range says all or none. */
export const assumedAcceptance = 0.5;

/** Counts, by cascade and first target, the attempts of the log that were accepted and rejected. */
export function acceptanceIn(columns: RecordColumns): Acceptance {
  let counts: ReadonlyMap<string, { readonly accepted: number; readonly rejected: number }> | undefined;
  return (node, target) => {
    counts ??= countAnswers(columns);
    const found = counts.get(`${node} ${target}`);
    if (found === undefined || found.accepted + found.rejected < enough) return null;
    return found.accepted / (found.accepted + found.rejected);
  };
}

function countAnswers(columns: RecordColumns) {
  const counts = new Map<string, { accepted: number; rejected: number }>();
  const paths = codedOf(columns.column('decision.path'), columns.length);
  const attempts = codedOf(columns.column('outcome.attempts'), columns.length);
  const cascades = paths.dictionary.map((path) => (typeof path === 'string' ? cascadeIn(path) : null));
  if (cascades.every((cascade) => cascade === null)) return counts;
  for (let row = 0; row < columns.length; row += 1) {
    const node = cascades[paths.codes[row] as number];
    if (node == null) continue;
    const first = firstAttempt(attempts.dictionary[attempts.codes[row] as number]);
    if (first === undefined || (first.outcome !== 'served' && first.outcome !== 'rejected')) continue;
    const key = `${node} ${first.target}`;
    const count = counts.get(key) ?? { accepted: 0, rejected: 0 };
    if (first.outcome === 'served') count.accepted += 1;
    else count.rejected += 1;
    counts.set(key, count);
  }
  return counts;
}

/** The first cascade of a path: `steps` in `size:big>steps:first>cheap`. */
function cascadeIn(path: string): string | null {
  return /(?:^|>)([^:>]+):first(?:>|$)/.exec(path)?.[1] ?? null;
}

function firstAttempt(text: unknown): z.output<typeof Attempts>[number] | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return Attempts.safeParse(JSON.parse(text)).data?.[0];
  } catch {
    return undefined;
  }
}
