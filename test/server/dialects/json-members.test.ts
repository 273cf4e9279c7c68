import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMembers, setMembers } from '#server/dialects/json-members.ts';

function set(json: string, changes: Record<string, unknown>): string {
  const bytes = Buffer.from(json);
  const texts = new Map(Object.entries(changes).map(([key, value]) => [key, JSON.stringify(value)]));
  return setMembers(bytes, findMembers(bytes), texts).toString('utf8');
}

describe('setting members of a JSON text', () => {
  it('leaves every other byte as it was', () => {
    const body = '{ "seed": 12345678901234567890, "model" : "auto",\n"x": 1.0, "messages":[] }';
    expect(set(body, { model: 'gpt-5' })).toBe(
      '{ "seed": 12345678901234567890, "model" : "gpt-5",\n"x": 1.0, "messages":[] }',
    );
  });

  it('does not take a "model" inside a message for the member', () => {
    const body = '{"messages":[{"content":"{\\"model\\":\\"a\\"}","model":"b"}],"model":"auto"}';
    expect(set(body, { model: 'gpt-5' })).toBe(
      '{"messages":[{"content":"{\\"model\\":\\"a\\"}","model":"b"}],"model":"gpt-5"}',
    );
  });

  it('sets a doubled key in both places, also where it is written with escapes', () => {
    const body = '{"model":"auto","mod\\u0065l":"gpt-5.5-pro"}';
    expect(set(body, { model: 'gpt-5' })).toBe('{"model":"gpt-5","mod\\u0065l":"gpt-5"}');
  });

  it('adds what is missing, to an empty object too', () => {
    expect(set('{"model":"auto"}', { temperature: 0 })).toBe('{"model":"auto","temperature":0}');
    expect(set('{ }', { temperature: 0 })).toBe('{ "temperature":0}');
  });

  it('finds the end of long strings behind escaped quotes', () => {
    const long = `${'x'.repeat(200)}\\"${'y'.repeat(200)}\\\\`;
    expect(set(`{"a":"${long}","model":"auto"}`, { model: 'm' })).toBe(`{"a":"${long}","model":"m"}`);
  });

  it('means the same as parsing, changing and writing, for any object', () => {
    const anObject = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
    const indent = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(anObject, anObject, indent, (before, changes, space) => {
        const changed = JSON.parse(set(JSON.stringify(before, null, space), changes));
        expect(changed).toEqual(JSON.parse(JSON.stringify({ ...before, ...changes })));
      }),
    );
  });
});
