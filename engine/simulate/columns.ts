import type { RequestRecord, SignalValue } from '../signals/index.ts';

/** A number column: `NaN` is unknown. Ints and doubles alike. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** True and false as 1 and 0; 2 is unknown. */
export interface BoolColumn {
  readonly kind: 'bool';
  readonly values: Uint8Array;
}

/**
 * Texts, lists and maps: each distinct value stands once in `dictionary`, rows hold its index; code 0 is unknown and
 * `dictionary[0]` is `null`. A condition on such a column is worked out once a distinct value.
 */
export interface CodedColumn {
  readonly kind: 'coded';
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  readonly dictionary: readonly (SignalValue | null)[];
}

export type Column = NumberColumn | BoolColumn | CodedColumn;

/** A set of request records as columns, in order of time. Columns a source does not have are all unknown. */
export interface RecordColumns {
  readonly length: number;
  readonly column: (name: keyof RequestRecord) => Column;
  /** Hash of the contents, for results that can be reproduced. */
  readonly hash: string;
}

/** A column that a source does not have reads as unknown throughout. */
export function codedOf(column: Column, length: number): CodedColumn {
  return column.kind === 'coded'
    ? column
    : { kind: 'coded', codes: new Uint8Array(length), dictionary: [null] };
}
