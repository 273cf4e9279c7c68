import { SegmentedControl } from '@mantine/core';

const dayMs = 86_400_000;

/** Windows of the log a screen may look at. `null` is everything. */
export const logWindows = { '1d': dayMs, '7d': 7 * dayMs, '14d': 14 * dayMs, all: null } as const;
export type LogWindow = keyof typeof logWindows;
export const logWindowNames: Readonly<Record<LogWindow, string>> = {
  '1d': 'the last day',
  '7d': 'the last 7 days',
  '14d': 'the last 14 days',
  all: 'the whole log',
};

/** Start of a window in ms since 1970, to the minute so that equal questions have equal answers. */
export function windowStart(name: LogWindow, nowMs: number): number {
  const length = logWindows[name];
  return length === null ? 0 : Math.floor((nowMs - length) / 60_000) * 60_000;
}

export function WindowControl({
  value,
  onChange,
}: {
  readonly value: LogWindow;
  readonly onChange: (value: LogWindow) => void;
}) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Window of the log"
      value={value}
      onChange={(next) => onChange(isLogWindow(next) ? next : '14d')}
      data={[
        { value: '1d', label: '1 d' },
        { value: '7d', label: '7 d' },
        { value: '14d', label: '14 d' },
        { value: 'all', label: 'All' },
      ]}
    />
  );
}

export function isLogWindow(value: string): value is LogWindow {
  return Object.hasOwn(logWindows, value);
}
