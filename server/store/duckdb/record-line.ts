import type { RequestRecord } from '#engine/signals/index.ts';

/** Columns whose values are one object for all requests of a moment, and long where there are many targets. */
const shared = [
  'health.providers',
  'health.open',
  'health.error_rate',
  'health.first_token_ms',
  'health.tokens_per_second',
] as const satisfies readonly (keyof RequestRecord)[];

/** `,"health.open":[…]` by value, as long as the value is alive. Values of records never change. */
const written = new WeakMap<object, string>();

/**
 * A record as a line of JSON, the same value as `JSON.stringify` gives with the health of targets at its end. That health is
 * written once a snapshot instead of once a request: with thirty targets it is longer than all the rest.
 */
export function recordLine(record: RequestRecord): string {
  let health = '';
  const rest: Record<string, unknown> = { ...record };
  for (const name of shared) {
    const value = record[name];
    if (value === null) continue;
    rest[name] = undefined;
    health += pieceOf(name, value);
  }
  return health === '' ? JSON.stringify(record) : `${JSON.stringify(rest).slice(0, -1)}${health}}`;
}

function pieceOf(name: (typeof shared)[number], value: object): string {
  let piece = written.get(value);
  // One empty object may stand for several columns.
  if (piece === undefined || !piece.startsWith(`,"${name}":`)) {
    piece = `,${JSON.stringify(name)}:${JSON.stringify(value)}`;
    written.set(value, piece);
  }
  return piece;
}
