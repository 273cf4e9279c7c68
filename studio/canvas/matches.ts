/** Whether every word of a search (lower case) stands in one of the texts. */
export function matches(search: string, ...texts: readonly string[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return search.split(/\s+/).every((word) => all.includes(word));
}
