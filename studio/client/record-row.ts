import { z } from 'zod';
import type { CallAnswer } from './call-api.ts';

/** A logged request as the server sends it: columns by name. */
export type RecordRow = CallAnswer<'listRecords'>['records'][number];

const Attempt = z.object({
  target: z.string(),
  outcome: z.string(),
  status: z.number().nullable().optional(),
  latency_ms: z.number().nullable().optional(),
  cost_nano_usd: z.number().nullable().optional(),
});
export type LoggedAttempt = z.output<typeof Attempt>;

/** A text column; empty where it is unknown. */
export function textOf(row: RecordRow, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

/** A number column; `null` where it is unknown. */
export function numberOf(row: RecordRow, column: string): number | null {
  const value = row[column];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Every call that was made for a request, in order. Empty when none was, or the log has none. */
export function attemptsOf(row: RecordRow): readonly LoggedAttempt[] {
  const value = row['outcome.attempts'];
  try {
    const read = z
      .array(Attempt)
      .safeParse(typeof value === 'string' ? JSON.parse(value === '' ? '[]' : value) : value);
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

/** The disjoint classes tokens are counted in, in the order people read them. */
export const tokenClasses = [
  { column: 'usage.input_tokens', label: 'Input', tone: 'var(--wb-accent)' },
  { column: 'usage.cache_read_tokens', label: 'Cache read', tone: 'var(--wb-observed)' },
  { column: 'usage.cache_write_5m_tokens', label: 'Cache write, 5 min', tone: 'var(--wb-modelled)' },
  { column: 'usage.cache_write_1h_tokens', label: 'Cache write, 1 h', tone: '#b5762a' },
  { column: 'usage.output_tokens', label: 'Output', tone: '#8a3bb0' },
  { column: 'usage.reasoning_tokens', label: 'Reasoning', tone: '#c177e2' },
] as const;

/** Input and output tokens over all classes; `null` where the log has no usage. */
export function totalsOf(row: RecordRow): { readonly input: number; readonly output: number } | null {
  const [input, read, write5m, write1h, output, reasoning] = tokenClasses.map(({ column }) =>
    numberOf(row, column),
  );
  if (input === null && output === null) return null;
  return {
    input: (input ?? 0) + (read ?? 0) + (write5m ?? 0) + (write1h ?? 0),
    output: (output ?? 0) + (reasoning ?? 0),
  };
}
