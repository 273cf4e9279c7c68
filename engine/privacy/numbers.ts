import { isWordAt } from './characters.ts';
import { type DigitGroups, digitsIn, eachRun, gapBefore } from './digit-groups.ts';
import type { Detector, Finding, PersonalKind } from './finding.ts';
import { ibanNear } from './iban.ts';

/** What may stand in an IBAN before its first run of digits: `MT84 MALT `. */
const longestHead = 12;

type Match = { readonly kind: PersonalKind; readonly groups: number } | undefined;

/** Card and account numbers, telephone numbers and US social security numbers. */
export const findNumbers: Detector = (text, take) => {
  let done = 0;
  eachRun(text, (groups) => {
    const account = ibanNear(
      text,
      Math.max(done, (groups.starts[0] ?? 0) - longestHead),
      groups.ends[0] ?? 0,
    );
    if (account !== undefined) {
      done = account.end;
      if (take(account)) return true;
    }
    for (let first = 0, free = 0; first < groups.starts.length; ) {
      const found = (groups.starts[first] ?? 0) < done ? undefined : numberAt(groups, first, first === free);
      if (found === undefined) first += 1;
      else {
        if (take(found.finding)) return true;
        first += found.groups;
        free = first;
      }
    }
    return false;
  });
};

/** `free`: no digits stand before it that it could be the end of. */
function numberAt(
  groups: DigitGroups,
  first: number,
  free: boolean,
): { readonly finding: Finding; readonly groups: number } | undefined {
  const match = cardAt(groups, first) ?? socialSecurityAt(groups, first) ?? phoneAt(groups, first, free);
  if (match === undefined) return undefined;
  const { text, starts, ends } = groups;
  const begin = startWithMarks(text, starts[first] ?? 0);
  const end = ends[first + match.groups - 1] ?? 0;
  if (!standsAlone(text, begin, end)) return undefined;
  return { finding: { kind: match.kind, start: begin, end }, groups: match.groups };
}

/** A telephone number begins with its plus or bracket. */
function startWithMarks(text: string, start: number): number {
  let at = start;
  if (text.charCodeAt(at - 1) === 0x28) at -= 1;
  return text.charCodeAt(at - 1) === 0x2b ? at - 1 : at;
}

/** Not part of a word, a longer number, an amount or a path. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  // _ # $ / . , - in front; a digit after a point or comma, _ or - behind.
  if (isWordAt(text, start - 1) || [0x5f, 0x23, 0x24, 0x2f, 0x2e, 0x2c, 0x2d].includes(before)) return false;
  if (isWordAt(text, end) || after === 0x5f || after === 0x2d || after === 0x2f) return false;
  return !((after === 0x2e || after === 0x2c) && isWordAt(text, end + 1));
}

const cardShapes: readonly (readonly number[])[] = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
];

/** ISO/IEC 7812: 13–19 digits of a known issuer range, the last one by Luhn; written in one or in its usual groups. */
function cardAt(groups: DigitGroups, first: number): Match {
  const { text, starts, ends } = groups;
  const length = digitsIn(groups, first);
  if (text.charCodeAt((starts[first] ?? 0) - 1) === 0x2b) return undefined;
  if (length >= 13) {
    return length <= 19 && isCard(text.slice(starts[first], ends[first]))
      ? { kind: 'card', groups: 1 }
      : undefined;
  }
  if (length !== 4) return undefined;
  const shape = cardShapes.find((lengths) => hasShape(groups, first, lengths, /^[ -]$/));
  if (shape === undefined) return undefined;
  const digits = shape.map((_, index) => text.slice(starts[first + index], ends[first + index])).join('');
  return isCard(digits) ? { kind: 'card', groups: shape.length } : undefined;
}

function hasShape(groups: DigitGroups, first: number, lengths: readonly number[], gap: RegExp): boolean {
  const separator = gapBefore(groups, first + 1);
  return lengths.every(
    (length, index) =>
      digitsIn(groups, first + index) === length &&
      (index === 0 || (gapBefore(groups, first + index) === separator && gap.test(separator))),
  );
}

function isCard(digits: string): boolean {
  return /^([3-6]|2[2-7])/.test(digits) && isLuhn(digits);
}

/** ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const value = digits.charCodeAt(digits.length - 1 - index) - 0x30;
    sum += index % 2 === 0 ? value : value > 4 ? 2 * value - 9 : 2 * value;
  }
  return sum % 10 === 0;
}

/** `123-45-6789`, without the ranges that were never given out. */
function socialSecurityAt(groups: DigitGroups, first: number): Match {
  if (!hasShape(groups, first, [3, 2, 4], /^-$/)) return undefined;
  const { text, starts } = groups;
  const area = text.slice(starts[first], (starts[first] ?? 0) + 3);
  const isGiven = area !== '000' && area !== '666' && area < '900';
  return isGiven ? { kind: 'ssn', groups: 3 } : undefined;
}

function phoneAt(groups: DigitGroups, first: number, free: boolean): Match {
  const isFree = free || gapBefore(groups, first) === '';
  const count =
    internationalAt(groups, first) || americanAt(groups, first) || (isFree ? trunkAt(groups, first) : 0);
  return count === 0 ? undefined : { kind: 'phone', groups: count };
}

const phoneGap = /^([ .\-/]|\) ?| \(| ?\(0\) ?)$/;

/** E.164: a plus and 8–15 digits, in up to seven groups. How many groups; 0 when it is none. */
function internationalAt(groups: DigitGroups, first: number): number {
  const { text, starts } = groups;
  if (text.charCodeAt((starts[first] ?? 0) - 1) !== 0x2b || text[starts[first] ?? 0] === '0') return 0;
  let digits = digitsIn(groups, first);
  let count = 1;
  for (; count < 7 && digits < 15; count += 1) {
    const more = digitsIn(groups, first + count);
    if (more === 0 || digits + more > 15 || !phoneGap.test(gapBefore(groups, first + count))) break;
    digits += more;
  }
  return digits >= 8 && digits <= 15 ? count : 0;
}

/** North America: `(212) 555-0123`, `212-555-0123`, `1.212.555.0123`. */
function americanAt(groups: DigitGroups, first: number): number {
  const { text, starts } = groups;
  const lead = digitsIn(groups, first) === 1 && text[starts[first] ?? 0] === '1' ? 1 : 0;
  const area = first + lead;
  const lengths = [0, 1, 2].map((index) => digitsIn(groups, area + index)).join();
  if (lengths !== '3,3,4') return 0;
  const isValid = [area, area + 1].every((group) => (text[starts[group] ?? 0] ?? '') >= '2');
  const [one, two] = [gapBefore(groups, area + 1), gapBefore(groups, area + 2)];
  const bracketed = text[(starts[area] ?? 0) - 1] === '(';
  const fits = bracketed ? /^\) ?-?$/.test(one) && /^[ .-]$/.test(two) : /^[ .-]$/.test(one) && one === two;
  const led = lead === 0 || /^([ .-]|[ -]?\()$/.test(gapBefore(groups, area));
  return isValid && fits && led ? 3 + lead : 0;
}

/** Elsewhere at home: a leading 0, 9–12 digits in two to five groups. */
function trunkAt(groups: DigitGroups, first: number): number {
  const { text, starts } = groups;
  const start = starts[first] ?? 0;
  if (text[start] !== '0' || text[start + 1] === '0' || digitsIn(groups, first) < 2) return 0;
  const gap = gapBefore(groups, first + 1);
  let digits = digitsIn(groups, first);
  let count = 1;
  for (; count < 5; count += 1) {
    const next = gapBefore(groups, first + count);
    const fits = count === 1 ? /^([ \-/.]|\) ?)$/.test(next) : /^[ \-.]$/.test(next);
    if (!fits || digits + digitsIn(groups, first + count) > 12) break;
    digits += digitsIn(groups, first + count);
  }
  // With points only the French way: 06.12.34.56.78.
  const isPlausible = gap !== '.' || (count === 5 && digits === 10);
  return count > 1 && digits >= 9 && isPlausible ? count : 0;
}
