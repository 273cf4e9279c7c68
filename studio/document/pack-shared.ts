/**
 * JSON text in which an object that occurs in several places (by identity) is written once: a table of objects and
 * arrays, in which `[7]` stands for line 7. The last line is the value.
 */
export function packShared(value: object): string {
  const lines: unknown[] = [];
  const known = new Map<object, number>();
  const pack = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) return one;
    const at = known.get(one);
    if (at !== undefined) return [at];
    const line = Array.isArray(one)
      ? one.map(pack)
      : Object.fromEntries(Object.entries(one).map(([key, item]) => [key, pack(item)]));
    known.set(one, lines.push(line) - 1);
    return [lines.length - 1];
  };
  pack(value);
  return JSON.stringify(lines);
}

/** Reads what {@link packShared} wrote; shared parts are shared again. Throws on any other text. */
export function unpackShared(text: string): unknown {
  const lines: unknown = JSON.parse(text);
  if (!Array.isArray(lines) || lines.length === 0) return undefined;
  const made: unknown[] = [];
  const unpack = (item: unknown): unknown => {
    if (!Array.isArray(item)) return item;
    const [at] = item as readonly unknown[];
    // A line names earlier lines only, so that reading ends.
    if (typeof at !== 'number' || at < 0 || at >= made.length) throw new Error('A line that is not there.');
    return made[at];
  };
  for (const line of lines as readonly unknown[]) {
    if (typeof line !== 'object' || line === null) throw new Error('A line is neither an object nor a list.');
    made.push(
      Array.isArray(line)
        ? line.map(unpack)
        : Object.fromEntries(Object.entries(line).map(([key, item]) => [key, unpack(item)])),
    );
  }
  return made.at(-1);
}
