import { isDigitAt, isUpperAt, isWordAt } from './characters.ts';
import type { Finding } from './finding.ts';

/** Length of an IBAN by country: ISO 13616, the registry of SWIFT. */
const lengths: ReadonlyMap<string, number> = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** An international bank account number that begins between two places: its check digits right (ISO 7064, mod 97). */
export function ibanNear(text: string, from: number, to: number): Finding | undefined {
  for (let start = from; start < to; start += 1) {
    if (!isUpperAt(text, start) || !isUpperAt(text, start + 1) || !isDigitAt(text, start + 2)) continue;
    const length = lengths.get(text.slice(start, start + 2));
    const end = length === undefined || isWordAt(text, start - 1) ? start : endOfIban(text, start, length);
    if (end > start) return { kind: 'iban', start, end };
  }
  return undefined;
}

/** In one or in groups of four; `start` when it is none. */
function endOfIban(text: string, start: number, length: number): number {
  let at = start;
  let remainder = 0;
  let head = 0;
  for (let taken = 0; taken < length; taken += 1, at += 1) {
    if (taken > 0 && taken % 4 === 0 && text[at] === ' ') at += 1;
    if (!isDigitAt(text, at) && !isUpperAt(text, at)) return start;
    // Country and check digits are counted behind the rest.
    if (taken < 4) head = append(head, text.charCodeAt(at));
    else remainder = append(remainder, text.charCodeAt(at)) % 97;
  }
  // Two letters and two digits are six digits long.
  const sum = (remainder * 1_000_000 + head) % 97;
  return sum === 1 && !isWordAt(text, at) ? at : start;
}

/** A digit as itself, a letter as 10–35. */
function append(value: number, code: number): number {
  return code < 0x40 ? value * 10 + code - 0x30 : value * 100 + code - 0x37;
}
