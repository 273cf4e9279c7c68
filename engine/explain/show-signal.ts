import { type SignalName, type SignalValue, valueTypeOf } from '../signals/index.ts';

/** A signal's value for people: thousands set apart, shares as they are, an empty text as “none”. */
export function showSignal(name: SignalName, value: SignalValue | null): string {
  if (value === null) return 'unknown';
  if (typeof value === 'number') return showNumber(name, value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value === '' ? 'none' : value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  const entries = Object.entries(value);
  return entries.length === 0 ? 'none' : entries.map(([key, item]) => `${key}=${item}`).join(', ');
}

function showNumber(name: SignalName, value: number): string {
  if (name === 'time.at') return new Date(value).toISOString();
  if (valueTypeOf(name) === 'double') return String(Math.round(value * 1_000) / 1_000);
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
