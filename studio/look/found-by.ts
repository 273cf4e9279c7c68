/** Whether a text holds every word that is looked for, in any case; nothing looked for is found everywhere. */
export function isFoundBy(search: string, text: string): boolean {
  const present = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => present.includes(word));
}

/** From so many rows on a list is searched sooner than read. */
export const searchedFrom = 12;
