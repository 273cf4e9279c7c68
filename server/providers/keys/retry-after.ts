/**
 * How long an answer asks to wait, ms; `null` when it does not say. Reads `retry-after-ms` and `retry-after` in seconds
 * or as a date (RFC 9110, 10.2.3).
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const ms = countIn(headers['retry-after-ms']);
  if (ms !== null) return ms;
  const seconds = countIn(headers['retry-after']);
  if (seconds !== null) return seconds * 1_000;
  const date = Date.parse(headers['retry-after'] ?? '');
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function countIn(text: string | undefined): number | null {
  if (text === undefined || !/^\d+(?:\.\d+)?$/.test(text.trim())) return null;
  return Number(text);
}
