import type { NodeChange, PortChange } from './diff-policies.ts';
import type { FieldChange } from './field-changes.ts';

/** How a node that differs is called: by its label as it is now, else by its id. */
export function nameOfChange({ id, before, after }: NodeChange): string {
  return after?.label ?? before?.label ?? id;
}

/** A setting's value for people: `none`, `a, b`, `0.5`. */
export function showSetting(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return value === '' ? 'none' : value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(showSetting).join(', ');
  return JSON.stringify(value);
}

/** `deadline_ms: 60000 → 30000`, `cases.huge.when: none → request.input_tokens > 60000`. */
export function tellField({ field, before, after }: FieldChange): string {
  if (before === undefined) return `${field}: ${showSetting(after)}`;
  return `${field}: ${showSetting(before)} → ${showSetting(after)}`;
}

/** Where an exit leads and led, in a few words. */
export function tellPort({ label, kind, before, after }: PortChange): string {
  const to = (node: string | null) => node ?? 'nowhere';
  if (kind === 'added') return `new exit “${label}” to ${to(after)}`;
  if (kind === 'removed') return `exit “${label}” to ${to(before)} is gone`;
  return `“${label}” leads to ${to(after)}, not ${to(before)}`;
}
