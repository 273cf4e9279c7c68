/** Groups of digits with a little between them, such as `+49 (30) 123-456`. Positions in the text. */
export interface DigitGroups {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Candidates for numbers that people write in groups. Five characters of fixed classes are what every such number has
 * somewhere, and what the machine finds at a third of a nanosecond a character.
 */
const somewhere = /\d\d[\d .\-)/]\d\d/g;
/** No number of interest is shorter. */
const shortest = 8;

/** Calls `see` for every run of digit groups; `true` stops. Each character is looked at a bounded number of times. */
export function eachRun(text: string, see: (groups: DigitGroups) => boolean): void {
  let done = 0;
  somewhere.lastIndex = 0;
  while (somewhere.test(text)) {
    let start = somewhere.lastIndex - 5;
    while (start > done && belongs(text.charCodeAt(start - 1))) start -= 1;
    let end = somewhere.lastIndex;
    while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
    if (end - start >= shortest && see(groupsOf(text, start, end))) return;
    done = end;
    somewhere.lastIndex = end;
  }
}

/** Digits and `` ()+-./``. */
function belongs(code: number): boolean {
  return (code >= 0x28 && code <= 0x39 && code !== 0x2a && code !== 0x2c) || code === 0x20;
}

function groupsOf(text: string, from: number, to: number): DigitGroups {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) continue;
    if (ends.at(-1) === at) ends[ends.length - 1] = at + 1;
    else {
      starts.push(at);
      ends.push(at + 1);
    }
  }
  return { text, starts, ends };
}

/** Digits of a group; 0 past the last one. */
export function digitsIn({ starts, ends }: DigitGroups, group: number): number {
  return (ends[group] ?? 0) - (starts[group] ?? 0);
}

/** What stands between a group and the one before it. */
export function gapBefore({ text, starts, ends }: DigitGroups, group: number): string {
  const start = ends[group - 1];
  const end = starts[group];
  // A long gap is none: who would read it.
  return start === undefined || end === undefined || end - start > 3 ? '' : text.slice(start, end);
}
