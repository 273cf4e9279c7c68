import { describe, expect, it } from 'vitest';
import { confusionOf, exitOf, trafficShares } from '../../../studio/inspector/classifier/bench-figures.ts';
import { parseMessages } from '../../../studio/inspector/classifier/parse-messages.ts';

describe('pasted messages', () => {
  it('are one a line, commas and all', () => {
    expect(parseMessages(' hello, you \n\nbye').messages).toEqual([
      { text: 'hello, you', expected: null },
      { text: 'bye', expected: null },
    ]);
  });

  it('are a table where the first line names its columns, with quotes as in RFC 4180', () => {
    const { messages } = parseMessages(
      'label,text\nrefund,"money, ""now""\nplease"\n,no label\r\nhours,open?',
    );
    expect(messages).toEqual([
      { text: 'money, "now"\nplease', expected: 'refund' },
      { text: 'no label', expected: null },
      { text: 'open?', expected: 'hours' },
    ]);
    expect(parseMessages('text\tlabel\na, b\tx').messages).toEqual([{ text: 'a, b', expected: 'x' }]);
  });

  it('are JSON Lines where the first is an object, and lines that are none are named', () => {
    const { messages, problem } = parseMessages('{"text":"a","label":"x"}\nnope\n{"message":"b"}');
    expect(messages).toEqual([
      { text: 'a', expected: 'x' },
      { text: 'b', expected: null },
    ]);
    expect(problem).toContain('Line 2');
  });

  it('are cut at a thousand, said so', () => {
    const { messages, problem } = parseMessages('x\n'.repeat(1_002));
    expect(messages).toHaveLength(1_000);
    expect(problem).toContain('first 1,000 of 1,002');
  });
});

describe('the figures of the bench', () => {
  it('send to “otherwise” what is unsure, unlabelled, or without an exit', () => {
    const exits = new Set(['a']);
    expect(exitOf({ label: 'a', confidence: 0.5 }, 0.5, exits)).toBe('a');
    expect(exitOf({ label: 'a', confidence: 0.4 }, 0.5, exits)).toBe('otherwise');
    expect(exitOf({ label: 'b', confidence: 0.9 }, 0.5, exits)).toBe('otherwise');
    expect(exitOf({ label: '', confidence: 0 }, 0, exits)).toBe('otherwise');
  });

  it('count what was expected against what was given', () => {
    const confusion = confusionOf(
      [
        { label: 'a', confidence: 0.9, expected: 'a' },
        { label: 'b', confidence: 0.9, expected: 'a' },
        { label: 'b', confidence: 0.1, expected: 'b' },
        { label: 'b', confidence: 0.9, expected: null },
      ],
      0.5,
    );
    expect(confusion).toEqual({
      labels: ['a', 'b', 'otherwise'],
      counts: [
        [1, 1, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
      right: 1,
      unsure: 1,
      total: 3,
    });
  });

  it('say what share of traffic and cost leaves by “otherwise”, and what moves', () => {
    const steps = [
      { label: 'a', permille: 900, requests: 6, costNanoUsd: 60 },
      { label: 'a', permille: 550, requests: 3, costNanoUsd: 10 },
      { label: 'b', permille: 990, requests: 1, costNanoUsd: 30 },
    ];
    expect(trafficShares(steps, new Set(['a']), 0.6, 0.55)).toEqual({
      known: { requests: 10, costNanoUsd: 100 },
      otherwise: { requests: 4, costNanoUsd: 40 },
      moved: { requests: 3, costNanoUsd: 10 },
    });
  });
});
