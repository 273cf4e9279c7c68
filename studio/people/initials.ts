/** `Ada Lovelace` → `AL`; one word gives its first two letters. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s._-]+/);
  const [first = '', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters =
    last === undefined ? [...first].slice(0, 2) : [...first].slice(0, 1).concat([...last].slice(0, 1));
  return letters.join('').toUpperCase() || '?';
}
