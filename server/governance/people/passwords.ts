import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { normalEmail } from './accounts.ts';

/** Argon2id as OWASP's Password Storage Cheat Sheet recommends it: 19 MiB, two passes, one lane. */
const argon2id: Algorithm.Argon2id = 2;
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const leastLength = 12;

export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), cost);
}

let nobodys: Promise<string> | undefined;

/** Whether a password is the one. With no hash as much is computed and the answer is no: it takes as long. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword('the password of nobody at all');
  const matches = await verify(passwordHash ?? (await nobodys), normal(password), cost);
  return passwordHash !== null && matches;
}

/** NIST SP 800-63B, 5.1.1.2: what looks the same is the same. */
function normal(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Why a password is not taken, after NIST SP 800-63B: at least twelve characters, not among the most common, not the
 * person's own address or name; no rule about kinds of characters. `undefined`: it is fine.
 */
export function whyRefused(
  password: string,
  who: { readonly email: string; readonly name: string },
): string | undefined {
  const plain = normal(password).toLowerCase();
  if ([...plain].length < leastLength)
    return `A password has at least ${leastLength} characters. Several words make a good one.`;
  const letters = plain.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const email = normalEmail(who.email);
  const own = [
    email,
    email.replaceAll(/[^\p{L}\p{N}]/gu, ''),
    who.name.toLowerCase(),
    who.name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''),
  ];
  if (own.includes(plain) || (letters !== '' && own.includes(letters)))
    return 'The password must not be the e-mail address or the name. Take several words that have nothing to do with it.';
  if (isCommon(plain) || isCommon(letters))
    return 'This password is among the first that are tried. Take several words that do not belong together.';
  return undefined;
}

/** The words that the most common long passwords are made of; with digits behind them, or repeated, they are guessed first. */
const words =
  'password|passwort|passw0rd|p@ssword|p@ssw0rd|qwerty|qwertyuiop|qwertz|azerty|letmein|welcome|admin|administrator|iloveyou|monkey|dragon|football|baseball|superman|batman|princess|sunshine|shadow|master|trustno1|changeme|secret|abc|waybill|login|hello|starwars|whatever|michael|jordan|asdf|asdfgh|asdfghjkl|zxcvbn|zxcvbnm|test|default|guest|root|user|company|summer|winter|spring|autumn';
const fromWords = new RegExp(`^(?:(?:${words})[\\d!@#$%.*_-]*)+$`, 'u');
const walks = [
  '01234567890123456789',
  '09876543210987654321',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'correcthorsebatterystaple',
];

function isCommon(text: string): boolean {
  if (text === '') return true;
  if (/^(.{1,4})\1+.{0,3}$/u.test(text) || new Set(text).size <= 3) return true;
  return fromWords.test(text) || /^\d+$/.test(text) || walks.some((walk) => walk.includes(text));
}
