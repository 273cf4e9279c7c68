/** One piece of a JSON text that is replaced: offsets in bytes, `end` exclusive. */
export interface JsonEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with pieces replaced; every other byte stays. An edit inside another's piece is left out. */
export function applyEdits(json: Buffer, edits: readonly JsonEdit[]): Buffer {
  if (edits.length === 0) return json;
  const parts: Buffer[] = [];
  let done = 0;
  for (const { start, end, text } of [...edits].sort((left, right) => left.start - right.start)) {
    if (start < done) continue;
    parts.push(json.subarray(done, start), Buffer.from(text));
    done = end;
  }
  parts.push(json.subarray(done));
  return Buffer.concat(parts);
}
