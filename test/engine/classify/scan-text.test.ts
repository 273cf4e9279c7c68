import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRegions } from '#engine/classify/cut-text.ts';
import { lexicon } from '#engine/classify/lexicon/index.ts';
import { type Scan, scanText, tokenSort } from '#engine/classify/scan-text.ts';

function meaningsOf(text: string): readonly string[] {
  const scan = scanText(text);
  return [...scan.meanings.subarray(0, scan.count)].flatMap(
    (meaning) => lexicon.categories[meaning - 1] ?? [],
  );
}

function tokensOf(text: string): readonly string[] {
  const scan: Scan = scanText(text);
  return Array.from({ length: scan.count }, (_, at) => text.slice(scan.starts[at], scan.ends[at]));
}

describe('the tokens of a text', () => {
  it('are words, numbers, runs of one sign and single ideographs', () => {
    expect(tokensOf('wait... 2024 was 很好!')).toEqual(['wait', '...', '2024', 'was', '很', '好', '!']);
  });

  it('stand in order, do not overlap and leave out nothing but white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const scan = scanText(text);
        let end = 0;
        for (let at = 0; at < scan.count; at++) {
          const start = scan.starts[at] ?? -1;
          expect(start).toBeGreaterThanOrEqual(end);
          end = scan.ends[at] ?? -1;
          expect(end).toBeGreaterThan(start);
        }
      }),
    );
  });

  it('are the same for numbers of as many digits', () => {
    const [first, second, other] = ['17', '92', '170'].map((text) => scanText(text).hashes[0]);
    expect(first).toBe(second);
    expect(first).not.toBe(other);
    expect(scanText('17').sorts[0]).toBe(tokenSort.number);
  });
});

describe('the lexicon', () => {
  it.each([
    ['translate', 'translate this into german'],
    ['translate', 'übersetze das bitte'],
    ['translate', '请翻译这封信'],
    ['translate', 'переведите на английский'],
    ['summarize', 'riassumi questo testo'],
    ['summarize', '要約してください'],
    ['write', 'escribe un correo'],
    ['poem', 'ein gedicht über den herbst'],
    ['code', 'crea una función'],
    ['sad', 'je me sens triste'],
    ['number', 'zwei von drei'],
    ['condition', 'si x est pair'],
  ])('knows %s in: %s', (category, text) => {
    expect(meaningsOf(text)).toContain(category);
  });

  it('takes a stem for all words that begin with it, and a whole word for itself only', () => {
    expect(meaningsOf('summarising')).toContain('summarize');
    expect(meaningsOf('lawns')).toEqual([]);
  });

  it('has no category that a byte cannot number', () => {
    expect(lexicon.categories.length).toBeLessThan(256);
  });
});

describe('where an instruction is looked for', () => {
  it('is everywhere in a short text', () => {
    expect(findRegions('translate this\nguten tag')).toEqual({ openingEnd: 24, closingStart: 24 });
  });

  it('is the first and the last line of a long one', () => {
    const text = `summarize this please:\n${'a line of the document\n'.repeat(20)}in three points`;
    const { openingEnd, closingStart } = findRegions(text);
    expect(text.slice(0, openingEnd)).toBe('summarize this please:');
    expect(text.slice(closingStart).trim()).toBe('in three points');
  });
});
