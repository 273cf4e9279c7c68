/** Tells of a text whether it holds every word that is looked for, in any case; nothing looked for is found everywhere. */
export function finderOf(search: string): (text: string) => boolean {
  const words = search.toLowerCase().split(/\s+/);
  return (text) => {
    const present = text.toLowerCase();
    return words.every((word) => present.includes(word));
  };
}

/** From so many rows on a list is searched sooner than read. */
export const searchedFrom = 12;
