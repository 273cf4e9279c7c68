import fc from 'fast-check';

export const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
export const name = fc.stringMatching(/^[a-z]{1,10}$/);
export const input = fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });
export const base64 = fc.base64String({ minLength: 4, maxLength: 8 });
export const url = name.map((host) => `https://${host}.test/a.png`);

/** A record without the members that are undefined, as JSON has it. */
export const json = <T>(made: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  made.map((value) => JSON.parse(JSON.stringify(value)));
export const maybe = <T>(made: fc.Arbitrary<T>) => fc.option(made, { nil: undefined });

export function sampling() {
  return { temperature: maybe(fc.constantFrom(0, 0.5, 1)), top_p: maybe(fc.constantFrom(0.1, 1)) };
}
