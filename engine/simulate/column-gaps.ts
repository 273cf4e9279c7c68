import type { Column } from './columns.ts';

const remembered = new WeakMap<ArrayBufferView, boolean>();

/** Whether a column has unknown values at all; looked up once a column. Most have none, and their loops are shorter. */
export function hasGaps(column: Column): boolean {
  const values = column.kind === 'coded' ? column.codes : column.values;
  const known = remembered.get(values);
  if (known !== undefined) return known;
  const gaps = findGap(column);
  remembered.set(values, gaps);
  return gaps;
}

function findGap(column: Column): boolean {
  switch (column.kind) {
    case 'number':
      return column.values.some(Number.isNaN);
    case 'bool':
      return column.values.includes(2);
    case 'coded':
      return column.codes.includes(0);
  }
}
