import { decodeBase64 } from '../decode-base64.ts';

/** The embedding's file as its training script writes it. */
export interface EmbeddingFile {
  readonly format: 1;
  readonly rows: number;
  readonly dimensions: number;
  /** Base64 of `rows` × `dimensions` signed bytes, row by row. */
  readonly table: string;
}

/** A table of vectors of which a text's is the sum: made once, from a sentence encoder, for machines without one. */
export interface StaticEmbedding {
  readonly rows: number;
  readonly dimensions: number;
  readonly table: Int8Array;
}

/** Decodes an embedding's file. @throws {Error} when its size is not what it says. */
export function readEmbedding({ rows, dimensions, table }: EmbeddingFile): StaticEmbedding {
  const bytes = decodeBase64(table);
  if (bytes.length !== rows * dimensions)
    throw new Error(`The embedding holds ${bytes.length} bytes; ${rows} × ${dimensions} would be right.`);
  return { rows, dimensions, table: bytes };
}

/** The direction of a text's sum of rows, length 1; all zeros for a text without words. */
export function embedRows({ dimensions, table }: StaticEmbedding, rows: readonly number[]): Float64Array {
  const sum = new Float64Array(dimensions);
  for (const row of rows) {
    const start = row * dimensions;
    for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] as number) + (table[start + at] as number);
  }
  let length = 0;
  for (const value of sum) length += value * value;
  length = Math.sqrt(length);
  if (length > 0) for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] as number) / length;
  return sum;
}

/** The cosine of two vectors of length 1, −1 … 1. */
export function cosine(left: Float64Array, right: Float64Array): number {
  let dot = 0;
  for (let at = 0; at < left.length; at += 1) dot += (left[at] as number) * (right[at] as number);
  return dot;
}
