import { describe, expect, it } from 'vitest';
import { findPrivate, personalKinds, privateKindsIn, secretKinds } from '#engine/privacy/index.ts';

const all = new Set([...personalKinds, ...secretKinds]);

/** `kind:what` for everything found in a text. */
function found(text: string): readonly string[] {
  return findPrivate(text, all).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);
}

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLWhlcmU';
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----';

describe('what is private in a text', () => {
  it.each([
    ['email', 'write to bob.smith+x@mail.example.co.uk, please', 'bob.smith+x@mail.example.co.uk'],
    ['email', '<a@b.io>', 'a@b.io'],
    ['phone', 'call +49 (30) 123 456-78 today', '+49 (30) 123 456-78'],
    ['phone', 'tel:+4915112345678', '+4915112345678'],
    ['phone', 'my number is (212) 555-0123.', '(212) 555-0123'],
    ['phone', '1-212-555-0123', '1-212-555-0123'],
    ['phone', 'appelle le 06 12 34 56 78', '06 12 34 56 78'],
    ['phone', 'Tel. 030/1234567', '030/1234567'],
    ['card', 'card 4111 1111 1111 1111 12/27', '4111 1111 1111 1111'],
    ['card', '5555-5555-5555-4444', '5555-5555-5555-4444'],
    ['card', '{"pan":"378282246310005"}', '378282246310005'],
    ['iban', 'IBAN DE89 3704 0044 0532 0130 00.', 'DE89 3704 0044 0532 0130 00'],
    ['iban', 'GB82WEST12345698765432', 'GB82WEST12345698765432'],
    ['iban', 'pay NL91 ABNA 0417 1643 00 now', 'NL91 ABNA 0417 1643 00'],
    ['ip', 'from 203.0.113.7:443', '203.0.113.7'],
    ['ip', 'host 2001:db8:0:1::17 is down', '2001:db8:0:1::17'],
    ['ssn', 'SSN 123-45-6789', '123-45-6789'],
    ['api_key', 'OPENAI_API_KEY=sk-proj-abcDEF1234567890abcdefghij', 'sk-proj-abcDEF1234567890abcdefghij'],
    ['api_key', 'ghp_0123456789abcdefghijABCDEFGHIJ012345', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
    ['api_key', 'AIzaSyA1234567890abcdefghijklmnopqrstuv', 'AIzaSyA1234567890abcdefghijklmnopqrstuv'],
    ['aws_key', 'id AKIAIOSFODNN7EXAMPLE end', 'AKIAIOSFODNN7EXAMPLE'],
    [
      'aws_key',
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    ],
    ['jwt', `Bearer ${jwt}`, jwt],
    ['private_key', `key:\n${pem}\nend`, pem],
    ['password', 'postgres://app:hunter2@db.example.com/x', 'hunter2'],
  ])('%s in %j', (kind, text, value) => {
    expect(found(text)).toEqual([`${kind}:${value}`]);
  });

  it.each([
    'On 2026-11-22 at 14:05:33 order 83441 came to 1,234,567.89 USD.',
    'v1.2.3.4, 10.0.0.1.5 and 127.0.0.1 are nobody’s address.',
    'std::vector<ab::cd> x = {1, 2, 3};',
    'git clone git@github.com:waybill/waybill.git',
    '@decorator and user@localhost and pkg@1.2.3',
    'card 4111 1111 1111 1112 fails Luhn, DE89 3704 0044 0532 0130 01 its check digits',
    'sk-learn-contrib-something-long and a task-force-of-many-people',
    '12345678901234567890123 and 1763820333000 and 0.12 0.34 0.56',
    'uuid 0b1c2d3e-1111-2222-3333-444455556666, sha 9f86d081884c7d659a2feaa0c55ad015',
    'const snake_case_identifiers_are_many = some_function_with_a_long_name_indeed_2;',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    '000-12-3456, 666-12-3456 and 912-12-3456 were never given out',
  ])('is nothing in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('is told by kind only, each kind once', () => {
    const text = `a@b.io c@d.io ${jwt} 4111 1111 1111 1111 DE89 3704 0044 0532 0130 00`;
    expect(privateKindsIn(text)).toEqual({ personal: ['email', 'card', 'iban'], secret: ['jwt'] });
    expect(privateKindsIn('Nothing to see here.')).toEqual({ personal: [], secret: [] });
  });
});
