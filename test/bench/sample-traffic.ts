import { recordColumns } from '#engine/signals/index.ts';
import type { CodedColumn, Column, RecordColumns } from '#engine/simulate/index.ts';
import { recordColumnsOf } from '#engine/simulate/index.ts';
import { seededDraws } from './print-table.ts';

export const labels = [
  'code',
  'math_reasoning',
  'summarization',
  'translation',
  'creative_writing',
  'conversation',
];
export const teams = ['search', 'support', 'ads', 'legal', 'sales', 'research'];
/** Targets that the bench policy does not have: every record moves, so every record has to be priced. */
const loggedTargets = [
  'openai/gpt-4.1',
  'openai/gpt-4o',
  'anthropic/claude-sonnet-4-5',
  'google/gemini-2.0-flash',
];
const hourMs = 3_600_000;

/** The columns of generated traffic that the bench reads, beside those that are the same in every row. */
export interface Traffic {
  readonly length: number;
  readonly numbers: Readonly<Record<string, Float64Array>>;
  readonly codes: Readonly<Record<string, Uint8Array>>;
  readonly sessions: Uint32Array;
}

/** Traffic of two weeks with its own mixture of tasks, teams, sizes and sessions, the same every time. */
export function makeTraffic(length: number): Traffic {
  const draw = seededDraws(7);
  const below = (size: number) => Math.floor(draw() * size);
  const column = (value: (row: number) => number) => Float64Array.from({ length }, (_, row) => value(row));
  const start = Date.UTC(2026, 10, 2);
  return {
    length,
    numbers: {
      'time.at': column((row) => start + Math.floor((row / length) * 14 * 24 * hourMs)),
      'time.hour': column(() => below(24)),
      'task.confidence': column(() => below(100) / 100),
      'request.tools': column(() => Math.max(0, below(8) - 4)),
      'request.turns': column(() => 1 + below(12)),
      'request.input_tokens': column(() => Math.floor(120_000 * draw() ** 2)),
      'usage.input_tokens': column(() => Math.floor(40_000 * draw() ** 2)),
      'usage.cache_read_tokens': column(() => Math.floor(80_000 * draw() ** 4)),
      'usage.output_tokens': column(() => Math.floor(2_000 * draw() ** 2)),
      'cost.nano_usd': column(() => below(50_000_000)),
      'latency.total_ms': column(() => 200 + below(20_000)),
    },
    codes: {
      'task.label': Uint8Array.from({ length }, () => 1 + below(labels.length)),
      'caller.team': Uint8Array.from({ length }, () => 1 + below(teams.length)),
      'outcome.target': Uint8Array.from({ length }, () => 1 + below(loggedTargets.length)),
    },
    sessions: Uint32Array.from({ length }, () => 1 + below(length / 5)),
  };
}

/** The same traffic as record columns; classes of tokens it does not have are zero, other columns unknown. */
export function columnsOf(traffic: Traffic): RecordColumns {
  const { length, numbers, codes, sessions } = traffic;
  const columns = new Map<string, Column>();
  const zero: Column = { kind: 'number', values: new Float64Array(length) };
  const unknown: Column = { kind: 'number', values: new Float64Array(length).fill(Number.NaN) };
  const same = (value: string): CodedColumn => ({
    kind: 'coded',
    codes: new Uint8Array(length).fill(1),
    dictionary: [null, value],
  });
  const coded = (name: string, dictionary: CodedColumn['dictionary']) =>
    columns.set(name, { kind: 'coded', codes: codes[name]!, dictionary: [null, ...dictionary] });
  for (const [name, values] of Object.entries(numbers)) columns.set(name, { kind: 'number', values });
  coded('task.label', labels);
  coded('caller.team', teams);
  coded('outcome.target', loggedTargets);
  columns.set('decision.path', {
    kind: 'coded',
    codes: codes['outcome.target']!,
    dictionary: [null, 'a', 'b', 'c', 'd'],
  });
  columns.set('decision.targets', {
    kind: 'coded',
    codes: codes['outcome.target']!,
    dictionary: [null, ...loggedTargets.map((target) => [target])],
  });
  columns.set('outcome.status', same('served'));
  columns.set('usage.source', same('provider'));
  columns.set('session.id', {
    kind: 'coded',
    codes: sessions,
    dictionary: [
      null,
      ...Array.from({ length: Math.ceil(length / 5) + 1 }, (_, index) => `session-${index}`),
    ],
  });
  for (const name of ['usage.cache_write_5m_tokens', 'usage.cache_write_1h_tokens', 'usage.reasoning_tokens'])
    columns.set(name, zero);
  const missing = new Map<string, Column>();
  for (const { name, valueType } of recordColumns) {
    if (columns.has(name)) continue;
    if (valueType === 'int' || valueType === 'double') missing.set(name, unknown);
    else if (valueType === 'bool')
      missing.set(name, { kind: 'bool', values: new Uint8Array(length).fill(2) });
    else missing.set(name, { kind: 'coded', codes: new Uint8Array(length), dictionary: [null] });
  }
  return recordColumnsOf(length, (name) => (columns.get(name) ?? missing.get(name))!);
}
