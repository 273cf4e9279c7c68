import { endOfRun, isLetterAt, isTokenAt, isWordAt, startOfRun } from './characters.ts';
import type { Detector } from './finding.ts';

const at = 0x40;
const dot = 0x2e;
const dash = 0x2d;

/** Mail addresses, and the passwords of `scheme://user:password@host`, which look like their beginning. */
export const findAddresses: Detector = (text, take) => {
  for (let sign = text.indexOf('@'); sign >= 0; sign = text.indexOf('@', sign + 1)) {
    const password = passwordBefore(text, sign);
    if (password >= 0) {
      if (take({ kind: 'password', start: password, end: sign })) return;
      continue;
    }
    const start = localStart(text, sign);
    const end = start === sign ? sign : domainEnd(text, sign + 1);
    if (end > sign + 1 && !isMachine(text, start, sign) && take({ kind: 'email', start, end })) return;
  }
};

/** Where the password in front of `@` begins; -1 when there is none. */
function passwordBefore(text: string, sign: number): number {
  const start = startOfRun(text, sign, 200, isUserInfo);
  const before = text.slice(start, sign);
  const user = before.lastIndexOf('://');
  const colon = user < 0 ? -1 : before.indexOf(':', user + 3);
  return colon < 0 || colon + 1 === before.length ? -1 : start + colon + 1;
}

/** RFC 3986 lets nothing else than these end the part before the host. */
function isUserInfo(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code > 0x20 && code !== 0x22 && code !== 0x27 && code !== at && code !== 0x3c && code !== 0x3e;
}

function isLocal(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === dot || code === 0x2b || code === 0x25 || isTokenAt(text, index);
}

/** At most 64 characters (RFC 5321, 4.5.3.1.1); dots at the start belong to what is before. */
function localStart(text: string, sign: number): number {
  let start = startOfRun(text, sign, 64, isLocal);
  while (start < sign && !isWordAt(text, start)) start += 1;
  return start;
}

/**
 * Where a domain of at least two labels ends, the last of them a top level of letters; its start when it is none. Of
 * `b.co.1` it is what comes before the part that does not fit.
 */
function domainEnd(text: string, start: number): number {
  let domain = start;
  for (let label = start, labels = 0; labels < mostLabels; labels += 1) {
    const end = endOfRun(text, label, 63, isLabel);
    if (labels > 0 && end - label >= 2 && isLetterAt(text, label) && isLetterAt(text, end - 1)) domain = end;
    if (end === label || text.charCodeAt(end) !== dot || !isWordAt(text, end + 1)) break;
    label = end + 1;
  }
  return domain;
}

const mostLabels = 10;

function isLabel(text: string, index: number): boolean {
  return text.charCodeAt(index) === dash || isWordAt(text, index);
}

/** `git@github.com` names a protocol, not a person. */
function isMachine(text: string, start: number, sign: number): boolean {
  return sign - start === 3 && text.startsWith('git', start);
}
