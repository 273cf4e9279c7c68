import { readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '#engine/classify/decode-base64.ts';
import { taskLabels } from '#engine/classify/task-labels.ts';
import { readTaskModel } from '#engine/classify/task-model.ts';
import weightsFile from '#engine/classify/task-weights.generated.json' with { type: 'json' };

const weightsPath = new URL('../../../engine/classify/task-weights.generated.json', import.meta.url);

describe('the weights file', () => {
  it('stays small enough to ship in a page: 900 kB', () => {
    expect(statSync(weightsPath).size).toBeLessThanOrEqual(900_000);
  });

  it('is one line of JSON that says its labels', () => {
    const text = readFileSync(weightsPath, 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(text).labels).toEqual(taskLabels);
  });

  it('uses the whole range of a signed byte', () => {
    const { weights } = readTaskModel(weightsFile);
    const highest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    expect(highest).toBe(127);
  });

  it('is refused with the reason when it was trained for other labels', () => {
    expect(() => readTaskModel({ ...weightsFile, labels: ['cats', 'dogs'] })).toThrow(
      /labels cats,dogs.*Train them again/,
    );
  });

  it('is refused with the reason when bytes are missing', () => {
    expect(() => readTaskModel({ ...weightsFile, weights: 'AAAA' })).toThrow(/hold 3 bytes/);
  });
});

describe('decoding base64', () => {
  it('gives back the bytes of any sequence', () => {
    fc.assert(
      fc.property(fc.int8Array(), (bytes) => {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
        expect([...decodeBase64(text)]).toEqual([...bytes]);
      }),
    );
  });

  it.each([
    ['a foreign character', 'AA*A', /"\*" at position 2/],
    ['a padding in the middle', 'A=AA', /"=" at position 1/],
    ['a wrong length', 'AAAAA', /multiple of 4/],
  ])('refuses %s', (_, text, message) => {
    expect(() => decodeBase64(text)).toThrow(message);
  });
});
