import { endOfRun, isDigitAt, isWordAt, startOfRun } from './characters.ts';
import type { Detector } from './finding.ts';

const dot = 0x2e;
const colon = 0x3a;

/** IP addresses. Loopback, `0.0.0.0` and `255.…` belong to nobody and are left out. */
export const findIpAddresses: Detector = (text, take) => {
  const middle = /\d\.\d{1,3}\.\d/g;
  for (let hit = middle.exec(text); hit !== null; hit = middle.exec(text)) {
    const start = startOfRun(text, hit.index, 3, isDigitAt);
    const end = endOfV4(text, start);
    if (end === start) continue;
    if (!isNobody(text, start) && take({ kind: 'ip', start, end })) return;
    middle.lastIndex = end;
  }
  for (let at = text.indexOf('::'), next = 0; at >= 0; at = text.indexOf('::', next)) {
    const start = startOfRun(text, at, 35, isHexOrColon);
    const end = endOfRun(text, at, 39, isHexOrColon);
    if (isV6(text, start, end) && take({ kind: 'ip', start, end })) return;
    next = end;
  }
};

/** Where four octets end; `start` when there are no four. `1.2.3.4.5` and `v1.2.3.4` are versions. */
function endOfV4(text: string, start: number): number {
  if (isWordAt(text, start - 1) || text.charCodeAt(start - 1) === dot) return start;
  let at = start;
  for (let octet = 0; octet < 4; octet += 1) {
    const end = endOfRun(text, at, 4, isDigitAt);
    if (end === at || end - at > 3 || Number(text.slice(at, end)) > 255) return start;
    if (octet === 3) return isWordAt(text, end) || goesOn(text, end) ? start : end;
    if (text.charCodeAt(end) !== dot) return start;
    at = end + 1;
  }
  return start;
}

function goesOn(text: string, end: number): boolean {
  return text.charCodeAt(end) === dot && isDigitAt(text, end + 1);
}

function isNobody(text: string, start: number): boolean {
  return text.startsWith('127.', start) || text.startsWith('0.', start) || text.startsWith('255.', start);
}

function isHexOrColon(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === colon || isDigitAt(text, at) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}

/** An abbreviated address (RFC 4291, 2.2): at least three groups with a digit among them; `ab::cd` is C++. */
function isV6(text: string, start: number, end: number): boolean {
  if (isWordAt(text, start - 1) || isWordAt(text, end) || end - start < 6) return false;
  const groups = text.slice(start, end).split(':');
  const full = groups.filter((group) => group !== '');
  return (
    groups.length <= 9 &&
    (full.length >= 3 || text.startsWith('fe80:', start)) &&
    full.every((group) => group.length <= 4) &&
    full.some((group) => /\d/.test(group))
  );
}
