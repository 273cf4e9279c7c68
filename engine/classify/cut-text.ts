const headLength = 1_000;
const tailLength = 500;
/** A text up to this long is taken for an instruction as a whole. */
const shortText = 250;
const longestOpening = 220;
const longestClosing = 180;

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

/** Where the opening of a cut text ends and its closing begins; what lies between is taken for a pasted document. */
export interface Regions {
  readonly openingEnd: number;
  readonly closingStart: number;
}

/** The opening and the closing are the first and the last line, or as much of them as an instruction may take. */
export function findRegions(text: string): Regions {
  const { length } = text;
  if (length <= shortText) return { openingEnd: length, closingStart: length };
  const lineEnd = text.indexOf('\n', 12);
  const openingEnd = lineEnd > 0 && lineEnd < longestOpening ? lineEnd : longestOpening;
  const closingStart = Math.max(length - longestClosing, text.lastIndexOf('\n', length - 8));
  return { openingEnd, closingStart: Math.max(openingEnd, closingStart) };
}
