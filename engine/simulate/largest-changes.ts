/** The rows with the largest values seen so far, at most `capacity`; of equal values the earlier row stays. */
export interface Largest {
  /** Only a larger value than this can still enter. */
  readonly threshold: () => number;
  /** Offers a row and answers the new threshold. */
  readonly offer: (row: number, value: number) => number;
  /** The rows kept, the largest first. */
  readonly rows: () => readonly number[];
}

/** A binary heap with the smallest at the root. Rows must be offered in order. */
export function keepLargest(capacity: number): Largest {
  const heap: { readonly row: number; readonly value: number }[] = [];
  const threshold = () => (heap.length < capacity ? Number.NEGATIVE_INFINITY : (heap[0]?.value ?? 0));
  return {
    threshold,
    offer: (row, value) => {
      if (value <= threshold()) return threshold();
      if (heap.length < capacity) siftUp(heap, heap.push({ row, value }) - 1);
      else {
        heap[0] = { row, value };
        siftDown(heap, 0);
      }
      return threshold();
    },
    rows: () =>
      heap.toSorted((left, right) => right.value - left.value || left.row - right.row).map(({ row }) => row),
  };
}

type Entry = { readonly row: number; readonly value: number };

/** The smaller value leaves first; of equal ones the later row. */
function leavesBefore(left: Entry, right: Entry): boolean {
  return left.value === right.value ? left.row > right.row : left.value < right.value;
}

function siftUp(heap: Entry[], from: number): void {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!swapIfBefore(heap, at, parent)) return;
    at = parent;
  }
}

function siftDown(heap: Entry[], from: number): void {
  let at = from;
  for (;;) {
    const left = 2 * at + 1;
    const right = left + 1;
    const [a, b] = [heap[left], heap[right]];
    const child = a !== undefined && b !== undefined && leavesBefore(b, a) ? right : left;
    if (!swapIfBefore(heap, child, at)) return;
    at = child;
  }
}

function swapIfBefore(heap: Entry[], child: number, parent: number): boolean {
  const [a, b] = [heap[child], heap[parent]];
  if (a === undefined || b === undefined || !leavesBefore(a, b)) return false;
  heap[child] = b;
  heap[parent] = a;
  return true;
}
