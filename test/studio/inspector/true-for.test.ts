import { describe, expect, it } from 'vitest';
import { countTrue, signalsIn } from '../../../studio/inspector/condition/true-for.ts';

const records = [
  { 'request.tools': 2, 'task.label': 'code', 'task.confidence': 0.9 },
  { 'request.tools': 0, 'task.label': 'code', 'task.confidence': 0.4 },
  { 'request.tools': null, 'task.label': null, 'task.confidence': null },
];

describe('a condition over the log', () => {
  it('is counted with the gateway’s evaluator: true, and what cannot be told', () => {
    expect(countTrue('request.tools > 0', records)).toEqual({ yes: 1, unknown: 1, of: 3 });
    expect(countTrue("task.label == 'code' && task.confidence < 0.5", records)).toEqual({
      yes: 1,
      unknown: 1,
      of: 3,
    });
    expect(countTrue('true', records)).toEqual({ yes: 3, unknown: 0, of: 3 });
  });

  it('asks the log only for the signals it reads, and is not counted while it is wrong', () => {
    expect(signalsIn("task.label == 'code' && request.tools > 0 && request.tools < 9")).toEqual([
      'request.tools',
      'task.label',
    ]);
    expect(signalsIn('request.toools >')).toEqual([]);
    expect(countTrue('request.toools >', records)).toBeUndefined();
  });
});
