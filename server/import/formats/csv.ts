import { columnOfClass, type UsageColumns } from '#engine/catalogue/index.ts';
import { isSignalName, type NamedSignals } from '#engine/signals/index.ts';
import { readCell } from '../csv-cell.ts';
import type { ColumnSource } from '../csv-mapping.ts';
import { errorOfStatus, isErrorClass } from '../error-of-status.ts';
import {
  type ForeignRequest,
  foreignRequest,
  type LogFormat,
  type Row,
  RowProblem,
  unknownUsage,
} from '../foreign-request.ts';

/**
 * Any CSV with one request a row (RFC 4180, one line a row), by a mapping of its columns to those of a record.
 */
export function csvFormat(sources: readonly ColumnSource[]): LogFormat {
  return {
    name: 'csv',
    summary: 'any CSV, its columns mapped with --map',
    csvColumns: [...new Set(sources.flatMap(({ column }) => column ?? []))],
    clock: 'absolute',
    read: (row) => [readMapped(row, sources)],
  };
}

type Values = ReadonlyMap<string, unknown>;

function readMapped(row: Row, sources: readonly ColumnSource[]): ForeignRequest {
  const values: Values = new Map(sources.map((source) => [source.name, readCell(row, source)]));
  const isWith = (name: string) =>
    sources.some((source) => source.name === name && source.unit?.startsWith('with_'));
  const usage = readUsage(values, isWith);
  const status = statusIn(values);
  const known = usage.input !== null || usage.output !== null;
  return foreignRequest({
    id: text(values, 'id'),
    at: number(values, 'time.at'),
    model: text(values, 'model'),
    provider: text(values, 'provider'),
    signals: { ...promptIn(values, usage), ...signalsIn(values) },
    usage,
    extra: extraIn(values),
    usageSource: known ? 'provider' : 'none',
    status,
    error:
      status === 'served'
        ? ''
        : (text(values, 'outcome.error') ?? errorOfStatus(number(values, 'outcome.http_status'))),
    httpStatus: number(values, 'outcome.http_status') ?? 0,
    costNanoUsd: number(values, 'cost.nano_usd'),
    totalMs: number(values, 'latency.total_ms'),
    firstTokenMs: number(values, 'latency.first_token_ms'),
  });
}

/** Classes that are told apart. A total that holds its parts is made disjoint. */
function readUsage(values: Values, isWith: (name: string) => boolean): ForeignRequest['usage'] {
  const cacheRead = number(values, 'usage.cache_read_tokens');
  const cacheWrite5m = number(values, 'usage.cache_write_5m_tokens');
  const cacheWrite1h = number(values, 'usage.cache_write_1h_tokens');
  const reasoning = number(values, 'usage.reasoning_tokens');
  const input = number(values, 'usage.input_tokens');
  const output = number(values, 'usage.output_tokens');
  const cached = (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  return {
    ...unknownUsage,
    input: isWith('usage.input_tokens') ? rest(input, cached, 'input', 'cached') : input,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    output: isWith('usage.output_tokens') ? rest(output, reasoning ?? 0, 'output', 'reasoning') : output,
    reasoning,
  };
}

function rest(total: number | null, part: number, of: string, what: string): number | null {
  if (total === null) return null;
  if (part > total) throw new RowProblem(`has more ${what} tokens (${part}) than ${of} tokens (${total}).`);
  return total - part;
}

/** The prompt's length is the sum of its classes, unless the log states it. */
function promptIn(
  values: Values,
  { input, cacheRead, cacheWrite5m, cacheWrite1h }: ForeignRequest['usage'],
): NamedSignals {
  if (values.has('request.input_tokens') || input === null) return {};
  const total = input + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  return { 'request.input_tokens': total };
}

function signalsIn(values: Values): NamedSignals {
  const signals = [...values].filter(([name]) => isSignalName(name) && name !== 'time.at');
  return Object.fromEntries(signals) as NamedSignals;
}

const sixClasses: ReadonlySet<string> = new Set([
  columnOfClass.inputTokens,
  columnOfClass.cacheReadTokens,
  columnOfClass.cacheWrite5mTokens,
  columnOfClass.cacheWrite1hTokens,
  columnOfClass.outputTokens,
  columnOfClass.reasoningTokens,
]);

function extraIn(values: Values): Partial<UsageColumns> {
  return Object.fromEntries(
    [...values].filter(
      ([name, value]) => name.startsWith('usage.') && !sixClasses.has(name) && value !== null,
    ),
  );
}

const failures = /^(fail|error|err|failure|failed|false|0|timeout|[45]\d\d)/i;

/** A stated status; else what HTTP says; else whoever names an error has failed. */
function statusIn(values: Values): ForeignRequest['status'] {
  const stated = text(values, 'outcome.status');
  if (stated !== null) return failures.test(stated) ? 'failed' : 'served';
  const http = number(values, 'outcome.http_status');
  if (http !== null && http > 0) return http >= 400 ? 'failed' : 'served';
  return isErrorClass(text(values, 'outcome.error') ?? '') ? 'failed' : 'served';
}

function number(values: Values, name: string): number | null {
  const value = values.get(name);
  return typeof value === 'number' ? value : null;
}

function text(values: Values, name: string): string | null {
  const value = values.get(name);
  return typeof value === 'string' && value !== '' ? value : null;
}
