import { defineSignal } from './define-signal.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const timeSignals = [
  defineSignal({
    name: 'time.at',
    valueType: 'int',
    unit: 'ms since 1970 (UTC)',
    meaning: 'When the request came in.',
    measure: ({ at }) => at,
  }),
  defineSignal({
    name: 'time.hour',
    valueType: 'int',
    unit: 'hour, 0–23 (UTC)',
    meaning: 'Hour of the day, UTC.',
    examples: ['9', '18'],
    measure: ({ at }) => hourOf(at),
  }),
  defineSignal({
    name: 'time.weekday',
    valueType: 'int',
    unit: '1 = Monday … 7 = Sunday (UTC)',
    meaning: 'Day of the week, UTC, as ISO 8601 counts it.',
    examples: ['6'],
    measure: ({ at }) => weekdayOf(at),
  }),
] as const;

/** Hour of the day in UTC, 0–23, of a time in ms since 1970. */
export function hourOf(at: number): number {
  return Math.floor((((at % dayMs) + dayMs) % dayMs) / hourMs);
}

/** ISO 8601 weekday in UTC, 1 = Monday … 7 = Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(at: number): number {
  const days = Math.floor(at / dayMs);
  return ((((days + 3) % 7) + 7) % 7) + 1;
}
