import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../../studio/people/initials.ts';
import { isGoodPassword } from '../../../studio/people/password-fields.tsx';
import { returnPath, signInPath } from '../../../studio/people/return-path.ts';

describe('the way back after signing in', () => {
  it('is where somebody wanted to go', () => {
    expect(signInPath('/policies/support?panel=test')).toBe(
      '/sign-in?return=%2Fpolicies%2Fsupport%3Fpanel%3Dtest',
    );
    expect(returnPath('?return=%2Fpolicies%2Fsupport%3Fpanel%3Dtest')).toBe('/policies/support?panel=test');
  });
  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in',
    '',
  ])('never leaves the studio nor goes in a circle: %s', (wanted) =>
    expect(returnPath(`?return=${encodeURIComponent(wanted)}`)).toBe('/'),
  );
});

it('takes a password that is long enough and typed the same twice', () => {
  expect(isGoodPassword({ once: 'four words are good', twice: 'four words are good' })).toBe(true);
  expect(isGoodPassword({ once: 'four words are good', twice: 'four words are bad' })).toBe(false);
  expect(isGoodPassword({ once: 'short', twice: 'short' })).toBe(false);
});

it('shortens a name to two letters', () => {
  expect(['Ada Lovelace', 'kim', 'Ana Maria de Souza', ''].map(initialsOf)).toEqual(['AL', 'KI', 'AS', '?']);
});
