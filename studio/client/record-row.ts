import { z } from 'zod';
import type { CallAnswer } from './call-api.ts';

/** A logged request as the server sends it: columns by name. */
export type RecordRow = CallAnswer<'listRecords'>['records'][number];

const Attempt = z.object({
  target: z.string(),
  /** `judge`, `classifier`: asked for help; absent where the client was to be answered. */
  role: z.string().optional(),
  outcome: z.string(),
  status: z.number().nullable().optional(),
  /** From the request's arrival; `null` where no call was made, absent in records of before. */
  start_ms: z.number().nullable().optional(),
  latency_ms: z.number().nullable().optional(),
  /** From its own start; `null` for an answer in one piece. */
  first_token_ms: z.number().nullable().optional(),
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
  { column: 'usage.audio_input_tokens', label: 'Audio in', tone: '#0f8a9d', rare: true },
  { column: 'usage.audio_cache_read_tokens', label: 'Audio cached', tone: '#5bb5c2', rare: true },
  { column: 'usage.image_input_tokens', label: 'Images in', tone: '#3f6fb5', rare: true },
  { column: 'usage.audio_output_tokens', label: 'Audio out', tone: '#b03b6a', rare: true },
  { column: 'usage.image_output_tokens', label: 'Images out', tone: '#d6749b', rare: true },
] as const;

/** Calls of the provider's own tools, and how and where it served, in words; empty for a plain call. */
export function servedNotes(row: RecordRow): readonly string[] {
  const calls = [
    ['usage.web_search_calls', 'web searches'],
    ['usage.file_search_calls', 'file searches'],
    ['usage.code_execution_calls', 'code executions'],
    ['usage.social_search_calls', 'social searches'],
  ] as const;
  const tier = textOf(row, 'usage.service_tier');
  const region = textOf(row, 'usage.region');
  return [
    ...calls.flatMap(([column, name]) => {
      const count = numberOf(row, column) ?? 0;
      return count === 0 ? [] : [`${count} ${name}`];
    }),
    ...(tier === '' || tier === 'standard' ? [] : [`served as ${tier}`]),
    ...(region === '' ? [] : [`in ${region}`]),
  ];
}

/** Input and output tokens over all classes; `null` where the log has no usage. */
export function totalsOf(row: RecordRow): { readonly input: number; readonly output: number } | null {
  if (numberOf(row, 'usage.input_tokens') === null && numberOf(row, 'usage.output_tokens') === null)
    return null;
  const sum = (columns: readonly string[]) =>
    columns.reduce((total, column) => total + (numberOf(row, column) ?? 0), 0);
  const columns = tokenClasses.map(({ column }) => column);
  const outputs = columns.filter((column) => /output|reasoning/.test(column));
  return { input: sum(columns.filter((column) => !outputs.includes(column))), output: sum(outputs) };
}
