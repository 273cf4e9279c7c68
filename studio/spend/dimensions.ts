import type { UsageDimension } from '#server/contract/usage-shape.ts';

/** What spend can be looked at by, as finance would say it. */
export const dimensions = [
  { value: 'team', label: 'Team' },
  { value: 'project', label: 'Project' },
  { value: 'key', label: 'Key' },
  { value: 'model', label: 'Model' },
  { value: 'provider', label: 'Provider' },
  { value: 'task', label: 'Task' },
  { value: 'difficulty', label: 'Difficulty' },
  { value: 'version', label: 'Policy version' },
  { value: 'tag', label: 'Tag' },
  { value: 'user', label: 'End user' },
  { value: 'purpose', label: 'What for' },
] as const satisfies readonly { readonly value: UsageDimension; readonly label: string }[];
export type Shown = (typeof dimensions)[number]['value'];

export function labelOf(dimension: string): string {
  return dimensions.find(({ value }) => value === dimension)?.label ?? dimension;
}

const purposes: Readonly<Record<string, string>> = {
  answer: 'Answers',
  failed_attempt: 'Failed attempts',
  classifier: 'Classifying requests',
  judge: 'Judging answers',
};

/** A value as people read it; `''` is none. */
export function valueName(dimension: string, value: string): string {
  if (dimension === 'purpose') return purposes[value] ?? value;
  if (value === '') return dimension === 'version' ? 'no policy' : `no ${labelOf(dimension).toLowerCase()}`;
  return value;
}

/** The requests behind a bar, in Traffic; `null` for what requests cannot be found by. */
export function trafficLink(
  values: Readonly<Record<string, string>>,
  window: { readonly from: number; readonly to: number },
): string | null {
  const search = new URLSearchParams();
  for (const [dimension, value] of Object.entries(values)) {
    if (
      value === '' ||
      !['team', 'project', 'key', 'user', 'tag', 'task', 'model', 'provider', 'version', 'policy'].includes(
        dimension,
      )
    )
      return null;
    if (dimension === 'version') {
      const at = value.lastIndexOf('@');
      search.set('policy', value.slice(0, at));
      search.set('version', value.slice(at + 1));
    } else search.set(dimension, value);
  }
  search.set('from', String(window.from));
  search.set('to', String(window.to));
  return `/traffic?${search}`;
}
