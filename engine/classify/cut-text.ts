const headLength = 1_000;
const tailLength = 500;

/** Keeps the first 1,000 and the last 500 characters: instructions stand at the ends, pasted text between. */
export function cutText(text: string): string {
  if (text.length <= headLength + tailLength) return text;
  return `${text.slice(0, headLength)}\n${text.slice(-tailLength)}`;
}

/** The narrower ends of an already cut text, where an instruction (and not a pasted document) is expected. */
export function cutToEnds(text: string): string {
  if (text.length <= 350) return text;
  return `${text.slice(0, 200)}\n${text.slice(-150)}`;
}
