import type { WireObject } from './wire-value.ts';

const mostEntries = 32;
const noMetadata: Readonly<Record<string, string>> = Object.freeze({});

/** Metadata a client sent along: texts only, the first 32 of them. */
export function metadataOf(wire: WireObject | undefined): Readonly<Record<string, string>> {
  if (wire === undefined) return noMetadata;
  const entries: [string, string][] = [];
  for (const [key, value] of Object.entries(wire)) {
    if (typeof value === 'string' && entries.length < mostEntries) entries.push([key, value]);
  }
  // fromEntries makes even `__proto__` an own property, as JSON means it.
  return Object.fromEntries(entries);
}

/** The smaller of two limits, of which either may be missing. */
export function smallerLimit(one: number | null, other: number): number {
  return one === null ? other : Math.min(one, other);
}
