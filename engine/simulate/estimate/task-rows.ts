import { codedOf, type RecordColumns } from '../columns.ts';

/** Rows by their task; code 0 is unknown, or one of too many. */
export interface TaskRows {
  readonly codes: Uint8Array;
  readonly names: readonly string[];
}

const mostTasks = 64;
const remembered = new WeakMap<RecordColumns, TaskRows>();

export function taskRows(columns: RecordColumns): TaskRows {
  const known = remembered.get(columns);
  if (known !== undefined) return known;
  const label = codedOf(columns.column('task.label'), columns.length);
  const names = label.dictionary.slice(0, mostTasks).map((value) => (typeof value === 'string' ? value : ''));
  const codes = Uint8Array.from(label.codes, (code) => (code < mostTasks ? code : 0));
  const rows = { codes, names };
  remembered.set(columns, rows);
  return rows;
}
