/** Where a page of records ends: time and id of its last row. */
export interface RecordCursor {
  readonly at: number;
  readonly id: string;
}

/** Opaque to clients: base64url of `[at, id]`. */
export function writeCursor({ at, id }: RecordCursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** `undefined` for a text that no page ended with. */
export function readCursor(text: string): RecordCursor | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(value)) return undefined;
    const [at, id] = value;
    return typeof at === 'number' && typeof id === 'string' ? { at, id } : undefined;
  } catch {
    return undefined;
  }
}
