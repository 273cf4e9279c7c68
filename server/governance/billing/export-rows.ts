import { DateTime } from 'luxon';
import { csvLine } from '../../contract/csv.ts';
import type { RecordLog } from '../../store/record-log.ts';
import type { UsageDimension, UsageRow } from '../../store/usage/usage-query.ts';
import { askUsage, dayOf, type SpendScope } from './ask-spend.ts';
import { exactUsd } from './exact-usd.ts';
import { focusColumns, focusLine } from './focus.ts';

/** What the rows of an export are told apart by, beside the day. */
export const exportedBy = [
  'team',
  'project',
  'key',
  'model',
  'purpose',
  'origin',
] as const satisfies readonly UsageDimension[];

/** A row of an export: one day of one team, project, key, model, purpose and origin. */
export interface ExportedDay extends UsageRow {
  readonly day: string;
  readonly zone: string;
}

const csvColumns = [
  'day',
  ...exportedBy,
  'cost_usd',
  'requests',
  'calls',
  'errors',
  'refused',
  'unpriced_calls',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'media_tokens',
] as const;

/** An export, piece by piece: a day at a time, so that any window fits in memory. */
export async function* exportSpend(
  log: Pick<RecordLog, 'usage'>,
  scope: SpendScope,
  format: 'csv' | 'focus',
): AsyncGenerator<string> {
  yield csvLine(format === 'csv' ? csvColumns : focusColumns.map(({ name }) => name));
  const write = format === 'csv' ? plainLine : focusLine;
  for (const part of daysOf(scope)) {
    const rows = await askUsage(log, part, { by: exportedBy });
    const day = dayOf(part.from, scope.zone);
    const lines = rows.toSorted(byValues).map((row) => write({ ...row, day, zone: scope.zone }));
    if (lines.length > 0) yield lines.join('');
  }
}

function plainLine({ day, values, ...row }: ExportedDay): string {
  const { tokens } = row;
  return csvLine([
    day,
    ...values,
    exactUsd(row.costNanoUsd),
    row.requests,
    row.calls,
    row.errors,
    row.refused,
    row.unpriced,
    tokens.input,
    tokens.cacheRead,
    tokens.cacheWrite,
    tokens.output,
    tokens.reasoning,
    tokens.media,
  ]);
}

/** The window day by day in its zone; the first and the last may be parts of one. */
function daysOf(scope: SpendScope): readonly SpendScope[] {
  const parts: SpendScope[] = [];
  for (let from = scope.from; from < scope.to; ) {
    const next = DateTime.fromMillis(from, { zone: scope.zone }).startOf('day').plus({ days: 1 }).toMillis();
    parts.push({ ...scope, from, to: Math.min(next, scope.to) });
    from = next;
  }
  return parts;
}

function byValues(a: UsageRow, b: UsageRow): number {
  return JSON.stringify(a.values) < JSON.stringify(b.values) ? -1 : 1;
}
