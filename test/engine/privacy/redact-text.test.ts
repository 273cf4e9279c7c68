import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPrivate,
  privateKindsIn,
  redactableKinds,
  redactText,
  secretKinds,
} from '#engine/privacy/index.ts';

const values = [
  'bob.smith@example.com',
  '+49 30 12345678',
  '(212) 555-0123',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
  '203.0.113.7',
  '123-45-6789',
  'sk-proj-abcDEF1234567890abcdefghij',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLWhlcmU',
] as const;

/** Words, digits and signs such as surround private things, and what is made of them at random. */
const noise = fc.oneof(
  fc.constantFrom(
    'Call me',
    'is',
    ',',
    '\n',
    'order 12',
    '"',
    '://',
    '@',
    '+',
    '(',
    '0',
    '11 22',
    '::',
    '-',
    'é',
    '数',
  ),
  fc.string({ maxLength: 6 }),
);
const text = fc
  .array(fc.oneof(noise, fc.constantFrom(...values)), { maxLength: 14 })
  .map((parts) => parts.join(' '));

describe('redacting a text', () => {
  it('names what it took out and keeps the rest', () => {
    expect(redactText('Mail ada@example.com or call (212) 555-0123 today.', ['email', 'phone'])).toBe(
      'Mail [email] or call [phone] today.',
    );
    expect(redactText('Mail ada@example.com, key AKIAIOSFODNN7EXAMPLE.', ['secret'])).toBe(
      'Mail ada@example.com, key [secret].',
    );
  });

  it('leaves a text without private things as it is', () => {
    const plain = 'Please summarise the 12 points of 2026-11-22.';
    expect(redactText(plain, redactableKinds)).toBe(plain);
  });

  it('leaves nothing behind of the kinds it was asked to take out', () => {
    fc.assert(
      fc.property(text, fc.subarray([...redactableKinds]), (before, kinds) => {
        const wanted = new Set(kinds.flatMap((kind) => (kind === 'secret' ? [...secretKinds] : [kind])));
        expect(findPrivate(redactText(before, kinds), wanted)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, (before) => {
        const once = redactText(before, redactableKinds);
        expect(redactText(once, redactableKinds)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes out any of these values wherever it stands between words', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(word, fc.constantFrom(...values), word, (before, value, after) => {
        const redacted = redactText(`${before} ${value} ${after}`, redactableKinds);
        expect(redacted).toMatch(/^[a-z]+ \[[a-z]+\] [a-z]+$/);
      }),
    );
  });

  it('sees what the kinds of a text see', () => {
    fc.assert(
      fc.property(text, (before) => {
        const { personal, secret } = privateKindsIn(before);
        const isChanged = redactText(before, redactableKinds) !== before;
        expect(isChanged).toBe(personal.length + secret.length > 0);
      }),
      { numRuns: 1_000 },
    );
  });
});
