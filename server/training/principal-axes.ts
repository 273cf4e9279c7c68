import { seededRandom } from '../providers/sandbox/seeded-random.ts';

/** The mean of vectors and the directions in which they differ most. */
export interface Axes {
  readonly mean: Float64Array;
  readonly directions: readonly Float64Array[];
}

/** Vectors that the axes are found from; more change little. */
const most = 12_000;
const rounds = 25;

/** Principal components by orthogonal iteration (Golub and Van Loan, “Matrix Computations”, 8.2.4). Seeded. */
export function principalAxes(vectors: readonly Float64Array[], count: number): Axes {
  const sample = vectors.slice(0, most);
  const size = sample[0]?.length ?? 0;
  const mean = new Float64Array(size);
  for (const vector of sample)
    for (let at = 0; at < size; at += 1)
      mean[at] = (mean[at] as number) + (vector[at] as number) / sample.length;
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (const vector of sample) {
    const centred = vector.map((value, at) => value - (mean[at] as number));
    for (let row = 0; row < size; row += 1)
      addScaled(covariance[row] as Float64Array, centred, centred[row] as number);
  }
  const random = seededRandom(7);
  let directions = Array.from({ length: count }, () =>
    Float64Array.from({ length: size }, () => random() - 0.5),
  );
  orthonormalise(directions);
  for (let round = 0; round < rounds; round += 1) {
    directions = directions.map((direction) => Float64Array.from(covariance, (row) => dot(row, direction)));
    orthonormalise(directions);
  }
  return { mean, directions };
}

/** A vector along the axes, scaled to length 1. */
export function project(vector: Float64Array, { mean, directions }: Axes): Float64Array {
  const centred = vector.map((value, at) => value - (mean[at] as number));
  return scaled(Float64Array.from(directions, (direction) => dot(direction, centred)));
}

function orthonormalise(vectors: Float64Array[]): void {
  for (const [index, vector] of vectors.entries()) {
    for (const before of vectors.slice(0, index)) addScaled(vector, before, -dot(before, vector));
    vectors[index] = scaled(vector);
  }
}

function scaled(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] as number) * (right[at] as number);
  return sum;
}

function addScaled(to: Float64Array, vector: Float64Array, by: number): void {
  for (let at = 0; at < to.length; at += 1) to[at] = (to[at] as number) + by * (vector[at] as number);
}
