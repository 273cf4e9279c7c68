const digit = 1;
const upper = 2;
const lower = 4;

/** What an ASCII character is. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return digit;
  if (/[A-Z]/.test(character)) return upper;
  return /[a-z]/.test(character) ? lower : 0;
});

function classAt(text: string, at: number): number {
  return classes[text.charCodeAt(at)] ?? 0;
}

/** Past the end nothing is anything. */
export function isDigitAt(text: string, at: number): boolean {
  return classAt(text, at) === digit;
}

export function isUpperAt(text: string, at: number): boolean {
  return classAt(text, at) === upper;
}

export function isLetterAt(text: string, at: number): boolean {
  return (classAt(text, at) & (upper | lower)) !== 0;
}

export function isWordAt(text: string, at: number): boolean {
  return classAt(text, at) !== 0;
}

/** Letters, digits, `_` and `-`: what keys and tokens are written in. */
export function isTokenAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x5f || code === 0x2d || (classes[code] ?? 0) !== 0;
}

/** Where a run of characters that `belongs` ends, at most `most` characters on. */
export function endOfRun(
  text: string,
  from: number,
  most: number,
  belongs: (text: string, at: number) => boolean,
): number {
  const last = Math.min(text.length, from + most);
  let at = from;
  while (at < last && belongs(text, at)) at += 1;
  return at;
}

/** Where a run of characters that `belongs` begins, at most `most` characters before `from`. */
export function startOfRun(
  text: string,
  from: number,
  most: number,
  belongs: (text: string, at: number) => boolean,
): number {
  const first = Math.max(0, from - most);
  let at = from;
  while (at > first && belongs(text, at - 1)) at -= 1;
  return at;
}

/** Whether there is a digit in a part of a text. */
export function hasDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (isDigitAt(text, at)) return true;
  return false;
}
