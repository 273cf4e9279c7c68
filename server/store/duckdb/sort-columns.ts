import type { RequestRecord } from '#engine/signals/index.ts';
import type { Column } from '#engine/simulate/columns.ts';

/** The same columns with their rows in order of time; equal times keep their order, rows without a time come last. */
export function inOrderOfTime(
  columns: ReadonlyMap<keyof RequestRecord, Column>,
): ReadonlyMap<keyof RequestRecord, Column> {
  const time = columns.get('time.at');
  if (time?.kind !== 'number') return columns;
  const at = time.values.map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value));
  if (at.every((value, row) => row === 0 || (at[row - 1] as number) <= value)) return columns;
  const order = Uint32Array.from(at, (_, row) => row).sort((left, right) => {
    const [first, second] = [at[left] as number, at[right] as number];
    return first === second ? left - right : first < second ? -1 : 1;
  });
  return new Map([...columns].map(([name, column]) => [name, reorder(column, order)]));
}

function reorder(column: Column, order: Uint32Array): Column {
  switch (column.kind) {
    case 'number':
      return { kind: 'number', values: pick(column.values, order) };
    case 'bool':
      return { kind: 'bool', values: pick(column.values, order) };
    case 'coded':
      return { ...column, codes: pick(column.codes, order) };
  }
}

function pick<T extends Float64Array | Uint8Array | Uint16Array | Uint32Array>(
  values: T,
  order: Uint32Array,
): T {
  const picked = values.slice() as T;
  for (let row = 0; row < order.length; row += 1) picked[row] = values[order[row] as number] as number;
  return picked;
}
