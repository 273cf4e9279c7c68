/** One place of a document before and after; `undefined` where it was not there. */
export interface Change {
  /** `scope.team`; empty for a value that has no places. */
  readonly place: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'same';
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The places of two documents side by side, in the order in which they stand there. Lists of plain values are one place. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [was, is] = [placesOf(before), placesOf(after)];
  const places = [...new Set([...was.keys(), ...is.keys()])];
  return places.map((place) => {
    const [one, other] = [was.get(place), is.get(place)];
    const kind =
      one === other ? 'same' : one === undefined ? 'added' : other === undefined ? 'removed' : 'changed';
    return { place, kind, before: one, after: other };
  });
}

function placesOf(value: unknown, place = '', found = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) {
    if (place !== '') found.set(place, 'none');
    return found;
  }
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null))
      found.set(place, value.length === 0 ? 'none' : value.map(String).join(', '));
    else for (const [index, item] of value.entries()) placesOf(item, `${place}[${index}]`, found);
    return found;
  }
  if (typeof value === 'object') {
    for (const [key, member] of Object.entries(value))
      placesOf(member, place === '' ? key : `${place}.${key}`, found);
    return found;
  }
  found.set(place, value === '' ? 'empty' : String(value));
  return found;
}
