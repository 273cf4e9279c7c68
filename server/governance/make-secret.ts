import { hash, randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 40;
/** The largest multiple of 62 in a byte: bytes from there on are thrown away, so that every letter is equally likely. */
const fair = 256 - (256 % alphabet.length);

/** A new key's secret: `wb-` and 40 random letters and digits, 238 bits of chance. */
export function makeSecret(): string {
  let letters = '';
  while (letters.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && letters.length < length) letters += alphabet[byte % alphabet.length];
    }
  }
  return `wb-${letters}`;
}

/**
 * What is kept of a secret: SHA-256, hex. Keys are random, so nothing slower is needed to make guessing hopeless; and
 * since the hash is looked up in a map, the time of a look-up tells about the hash only, never about the secret.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/** The first characters of a secret, to recognise it by. */
export function prefixOf(secret: string): string {
  return secret.slice(0, 9);
}
