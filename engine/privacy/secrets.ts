import { endOfRun, hasDigit, isDigitAt, isTokenAt, isUpperAt, isWordAt, startOfRun } from './characters.ts';
import type { Detector, Finding, SecretKind } from './finding.ts';

const longestToken = 4_096;
/** Characters of a private key: four times what 8,192 bits of RSA take. */
const longestKey = 16_384;

/** Keys and tokens that tell themselves by how they begin. */
export const findSecrets: Detector = (text, take) => {
  for (const [needle, read] of needles) {
    for (let at = text.indexOf(needle), next = 0; at >= 0; at = text.indexOf(needle, next)) {
      const found = read(text, at);
      if (found !== undefined && take(found)) return;
      next = Math.max(at + 1, found?.end ?? 0);
    }
  }
};

type Read = (text: string, at: number) => Finding | undefined;

/** What each is found by: a part of it that hardly occurs otherwise, so that the search flies over the text. */
const needles: readonly (readonly [string, Read])[] = [
  ['k-', (text, at) => (text[at - 1] === 's' ? tokenFrom(text, at - 1, 3, 20) : undefined)],
  [
    'xox',
    (text, at) => (/^[abeoprs]-$/.test(text.slice(at + 3, at + 5)) ? tokenFrom(text, at, 5, 10) : undefined),
  ],
  ['glpat-', (text, at) => tokenFrom(text, at, 6, 20)],
  ['AIza', (text, at) => tokenFrom(text, at, 4, 35)],
  ['AKIA', readAwsId],
  ['ASIA', readAwsId],
  ['AccessKey', readAwsSecret],
  ['J', readJwt],
  ['PRIVATE KEY-----', readPrivateKey],
  ['_', readUnderscored],
];

function found(kind: SecretKind, start: number, end: number): Finding {
  return { kind, start, end };
}

/** A key of at least `least` characters after its prefix, with a digit in it: `sk-learn-contrib-…` has none. */
function tokenFrom(text: string, start: number, prefix: number, least: number): Finding | undefined {
  if (isTokenAt(text, start - 1)) return undefined;
  const end = endOfRun(text, start + prefix, longestToken, isTokenAt);
  const isKey = end - start - prefix >= least && hasDigit(text, start + prefix, end);
  return isKey ? found('api_key', start, end) : undefined;
}

/** Underscores are many in code: only the characters next to them are looked at before anything else. */
function readUnderscored(text: string, at: number): Finding | undefined {
  const next = text.charCodeAt(at + 1) | 0x20;
  if (next === 0x61 && isAccessKey(text, at)) return readAwsSecret(text, at);
  return isWordAt(text, at + 20) && isWordAt(text, at + 8) ? readPrefixed(text, at) : undefined;
}

function isAccessKey(text: string, at: number): boolean {
  return /^(secret_access_key)$/i.test(text.slice(at - 6, at + 11));
}

/** GitHub, npm, Hugging Face, Stripe, Replicate, webhooks, GitLab. */
const prefixes = /(?:^|[^A-Za-z0-9])(gh[pousr]|github_pat|npm|hf|[sr]k_live|whsec|r8)$/;

function readPrefixed(text: string, underscore: number): Finding | undefined {
  const before = prefixes.exec(text.slice(Math.max(0, underscore - 12), underscore))?.[1];
  if (before === undefined) return undefined;
  const end = endOfRun(text, underscore + 1, longestToken, isTokenAt);
  return end - underscore > 20 && hasDigit(text, underscore, end)
    ? found('api_key', underscore - before.length, end)
    : undefined;
}

/** `AKIA` or `ASIA` and sixteen capitals and digits. */
function readAwsId(text: string, at: number): Finding | undefined {
  const end = endOfRun(text, at, 21, (of, index) => isUpperAt(of, index) || isDigitAt(of, index));
  return end - at === 20 && !isWordAt(text, at - 1) && !isWordAt(text, end)
    ? found('aws_key', at, end)
    : undefined;
}

/** Forty characters of Base64 behind the setting's name. */
function readAwsSecret(text: string, at: number): Finding | undefined {
  const name = endOfRun(text, at, 20, isTokenAt);
  const start = endOfRun(text, name, 6, (of, index) => ' "\'=:\t'.includes(of.charAt(index)));
  const end = endOfRun(text, start, 41, isBase64At);
  return start > name && end - start === 40 ? found('aws_key', start, end) : undefined;
}

function isBase64At(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character === '+' || character === '/' || isWordAt(text, at);
}

/** RFC 7519: three parts of Base64url with points between them, of which the first begins `{"` = `eyJ`. */
function readJwt(text: string, letter: number): Finding | undefined {
  const start = letter - 2;
  if (text[start] !== 'e' || text[start + 1] !== 'y' || isTokenAt(text, start - 1)) return undefined;
  const header = endOfRun(text, start, longestToken, isTokenAt);
  if (header - start < 10 || text[header] !== '.') return undefined;
  const payload = endOfRun(text, header + 1, longestToken, isTokenAt);
  if (payload - header < 5 || text[payload] !== '.') return undefined;
  const end = endOfRun(text, payload + 1, longestToken, isTokenAt);
  return end - payload > 10 ? found('jwt', start, end) : undefined;
}

/** RFC 7468: from the line that begins a private key to the one that ends it, or so much of it as there is. */
function readPrivateKey(text: string, at: number): Finding | undefined {
  const line = startOfRun(text, at, 40, (of, index) => of[index] !== '\n');
  const begin = line + text.slice(line, at).indexOf('-----BEGIN ');
  if (begin < line) return undefined;
  const body = at + 'PRIVATE KEY-----'.length;
  const end = /-----END [A-Z ]{0,30}PRIVATE KEY-----/.exec(text.slice(body, body + longestKey));
  return found(
    'private_key',
    begin,
    Math.min(text.length, body + (end === null ? longestKey : end.index + end[0].length)),
  );
}
