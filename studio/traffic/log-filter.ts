import type { RecordFilter } from '../client/queries.ts';
import { formatDuration, formatMoney, formatTime } from '../look/format.ts';

export type FilterName = keyof RecordFilter;

/** What a field of the filter holds: a name, a moment, nano-dollars, milliseconds, or a whole number. */
type FieldKind = 'text' | 'time' | 'money' | 'duration' | 'number';

/** What requests can be found by, in the order it is offered in. The names are those of the call, and of the address. */
export const filterFields = [
  { name: 'status', label: 'Status', kind: 'text' },
  { name: 'team', label: 'Team', kind: 'text' },
  { name: 'project', label: 'Project', kind: 'text' },
  { name: 'key', label: 'Key', kind: 'text' },
  { name: 'user', label: 'End user', kind: 'text' },
  { name: 'tag', label: 'Tag', kind: 'text' },
  { name: 'task', label: 'Task', kind: 'text' },
  { name: 'target', label: 'Answered by', kind: 'text' },
  { name: 'model', label: 'Called model', kind: 'text' },
  { name: 'provider', label: 'Called provider', kind: 'text' },
  { name: 'policy', label: 'Policy', kind: 'text' },
  { name: 'version', label: 'Version', kind: 'number' },
  { name: 'error', label: 'Error', kind: 'text' },
  { name: 'session', label: 'Session', kind: 'text' },
  { name: 'minCost', label: 'Cost at least', kind: 'money' },
  { name: 'minLatency', label: 'Latency at least', kind: 'duration' },
  { name: 'from', label: 'From', kind: 'time' },
  { name: 'to', label: 'Before', kind: 'time' },
] as const satisfies readonly {
  readonly name: FilterName;
  readonly label: string;
  readonly kind: FieldKind;
}[];
export type FilterField = (typeof filterFields)[number];

const statuses = ['served', 'refused', 'failed', 'abandoned'] as const;

/** The filter an address asks for. What cannot be read is left out: an address is typed by people, too. */
export function readFilter(search: string): RecordFilter {
  const asked = new URLSearchParams(search);
  const filter: Record<string, string | number> = {};
  const text = asked.get('search') ?? '';
  if (text !== '') filter.search = text;
  for (const { name, kind } of filterFields) {
    const value = asked.get(name) ?? '';
    if (value === '') continue;
    if (kind === 'text') filter[name] = value;
    else if (/^\d{1,15}$/.test(value)) filter[name] = Number(value);
  }
  if (!statuses.some((one) => one === filter.status)) delete filter.status;
  return filter;
}

/** The address of a filter; what else stood in the address stays. */
export function writeFilter(filter: RecordFilter, search = ''): string {
  const asked = new URLSearchParams(search);
  for (const name of ['search', ...filterFields.map((field) => field.name)] as const) {
    const value = filter[name];
    if (value === undefined || value === '') asked.delete(name);
    else asked.set(name, String(value));
  }
  return asked.toString();
}

/** The filter with one field changed; `undefined` takes it out. */
export function withField(
  filter: RecordFilter,
  name: FilterName,
  value: string | number | undefined,
): RecordFilter {
  const { [name]: _, ...rest } = filter;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}

/** The value of a field as people read it. */
export function valueText({ kind }: FilterField, value: string | number, nowMs: number): string {
  switch (kind) {
    case 'time':
      return formatTime(Number(value), nowMs);
    case 'money':
      return formatMoney(Number(value));
    case 'duration':
      return formatDuration(Number(value));
    case 'text':
    case 'number':
      return String(value);
  }
}

/**
 * What somebody typed into a field, as the call takes it: dollars → nano-dollars, seconds → ms, a local date and time → ms
 * since 1970. A sentence where it is none.
 */
export function readValue(
  { kind }: FilterField,
  typed: string,
): { readonly value: string | number } | { readonly problem: string } {
  const text = typed.trim();
  switch (kind) {
    case 'text':
      return text === '' ? { problem: 'Type what to look for.' } : { value: text };
    case 'number':
      return /^\d{1,9}$/.test(text) ? { value: Number(text) } : { problem: 'A whole number, such as 3.' };
    case 'money':
      return decimal(text, 1e9) ?? { problem: 'Dollars, such as 0.05.' };
    case 'duration':
      return decimal(text, 1e3) ?? { problem: 'Seconds, such as 2.5.' };
    case 'time': {
      const at = Date.parse(text);
      return Number.isNaN(at) ? { problem: 'A date and a time.' } : { value: at };
    }
  }
}

function decimal(text: string, factor: number): { readonly value: number } | undefined {
  return /^\$?\d{1,6}(\.\d+)?$/.test(text)
    ? { value: Math.round(Number(text.replace('$', '')) * factor) }
    : undefined;
}
