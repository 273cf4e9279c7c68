import { describe, expect, it } from 'vitest';
import { plainError } from '#server/telemetry/make-logger.ts';

function thrownBy(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('an error in the log', () => {
  it('has its kind, its words, its code and its places', () => {
    const error = Object.assign(new TypeError('It is not there.'), { code: 'ENOENT' });
    expect(plainError(error)).toMatchObject({
      type: 'TypeError',
      message: 'It is not there.',
      code: 'ENOENT',
    });
    expect(plainError(error).stack).toMatch(/^\s+at .*make-logger\.test/);
  });

  it('has nothing else that a library hangs onto it, at any depth', () => {
    const library = Object.assign(new Error('Failed.'), {
      requestBodyValues: { prompt: 'our secret' },
      responseBody: 'our secret',
    });
    const said = JSON.stringify(plainError(new Error('Outer.', { cause: library })));
    expect(said).toContain('Failed.');
    expect(said).not.toContain('our secret');
  });

  it('does not quote what a parser could not read', () => {
    const error = thrownBy(() => JSON.parse('our secret'));
    expect(String(error)).toContain('our secret');
    expect(JSON.stringify(plainError(error))).not.toContain('our secret');
  });

  it('says of a thrown value that is no error only what kind of value it is', () => {
    expect(plainError('our secret')).toEqual({ type: 'string', message: 'not an error', stack: '' });
  });
});
