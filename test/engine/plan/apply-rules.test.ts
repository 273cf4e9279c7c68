import { describe, expect, it } from 'vitest';
import { compileRules } from '#engine/plan/index.ts';
import { signalsFrom } from '#engine/signals/index.ts';

const nothing = signalsFrom({});

describe('a classifier by rules', () => {
  const rules = compileRules({
    kind: 'rules',
    rules: [
      { label: 'refund', keywords: ['money back', 'Erstattung'] },
      { label: 'long', when: 'request.input_tokens > 100' },
      { label: 'hours', keywords: ['open'], when: 'request.turns == 3' },
    ],
  });

  it('finds whole words, whatever their case and what stands between them', () => {
    expect(rules('Give me my MONEY-BACK!', nothing)).toEqual({ label: 'refund', confidence: 1 });
    expect(rules('ich will eine erstattung.', nothing).label).toBe('refund');
    expect(rules('reopened', nothing)).toEqual({ label: '', confidence: 0 });
  });

  it('goes by conditions, of which an undetermined one is not true', () => {
    expect(rules('hello', signalsFrom({ 'request.input_tokens': 101 })).label).toBe('long');
    expect(rules('hello', nothing).label).toBe('');
  });

  it('takes the first rule that fits, by a word or by its condition', () => {
    expect(rules('money back', signalsFrom({ 'request.input_tokens': 101 })).label).toBe('refund');
    expect(rules('are you open', nothing).label).toBe('hours');
    expect(rules('hello', signalsFrom({ 'request.turns': 3 })).label).toBe('hours');
  });
});
