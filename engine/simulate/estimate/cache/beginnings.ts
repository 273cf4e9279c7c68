import { codedOf, type RecordColumns } from '../../columns.ts';

/**
 * What each row's prompt begins with, shortest first: `ids[from[row] … to[row]]`, numbered over the record set, and the
 * tokens of each as they were estimated. A row without hashes has one: its session, as long as the whole prompt.
 */
export interface Beginnings {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly ids: Int32Array;
  readonly tokens: Float64Array;
  readonly count: number;
  /** Estimated tokens of the whole prompt, in the measure of `tokens`; NaN where unknown. */
  readonly prompt: Float64Array;
  /** The most of its session's prompts that a row can find again; infinite where hashes tell. */
  readonly most: Float64Array;
}

const remembered = new WeakMap<RecordColumns, Beginnings>();

export function beginningsOf(columns: RecordColumns): Beginnings {
  const known = remembered.get(columns);
  if (known !== undefined) return known;
  const made = readBeginnings(columns);
  remembered.set(columns, made);
  return made;
}

function readBeginnings(columns: RecordColumns): Beginnings {
  const { length } = columns;
  const lists = codedOf(columns.column('session.prefix_hashes'), length);
  const sessions = codedOf(columns.column('session.id'), length);
  const prompts = numbers(columns, 'request.input_tokens');
  const prefixes = numbers(columns, 'session.prefix_tokens');
  const numbering = new Map<string, number>();
  const ids: number[] = [];
  const tokens: number[] = [];
  const idOf = (name: string) => {
    const id = numbering.get(name) ?? numbering.size;
    numbering.set(name, id);
    return id;
  };
  const spans = lists.dictionary.map((list) => {
    const start = ids.length;
    for (const { name, size } of Array.isArray(list) ? list.flatMap(parseBeginning) : []) {
      ids.push(idOf(name));
      tokens.push(size);
    }
    return [start, ids.length] as const;
  });
  const [from, to] = [new Int32Array(length), new Int32Array(length)];
  const most = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < length; row += 1) {
    const [start, end] = spans[lists.codes[row] as number] ?? [0, 0];
    from[row] = start;
    to[row] = end;
    const session = sessions.dictionary[sessions.codes[row] as number];
    const prompt = prompts[row] as number;
    if (end > start || typeof session !== 'string' || session === '' || !(prompt > 0)) continue;
    from[row] = ids.length;
    ids.push(idOf(`session ${session}`));
    to[row] = tokens.push(prompt);
    const prefix = prefixes[row] as number;
    if (!Number.isNaN(prefix)) most[row] = prefix;
  }
  return {
    from,
    to,
    ids: Int32Array.from(ids),
    tokens: Float64Array.from(tokens),
    count: numbering.size,
    prompt: prompts,
    most,
  };
}

/** `hash:tokens`; anything else begins nothing. */
export function parseBeginning(text: unknown): readonly { readonly name: string; readonly size: number }[] {
  if (typeof text !== 'string') return [];
  const at = text.lastIndexOf(':');
  const size = Number(text.slice(at + 1));
  return at < 0 || !Number.isSafeInteger(size) || size <= 0 ? [] : [{ name: text.slice(0, at), size }];
}

function numbers(
  columns: RecordColumns,
  name: 'request.input_tokens' | 'session.prefix_tokens',
): Float64Array {
  const column = columns.column(name);
  return column.kind === 'number' ? column.values : new Float64Array(columns.length).fill(Number.NaN);
}
