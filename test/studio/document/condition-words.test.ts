import { describe, expect, it } from 'vitest';
import { shortCondition } from '../../../studio/document/condition-words.ts';

describe('a condition on a card', () => {
  it.each([
    ['request.input_tokens > 60000', 'input tokens > 60,000'],
    ['request.stream && caller.team == "request.input_tokens"', 'stream and team == "request.input_tokens"'],
    ['task.confidence < 0.55 || time.hour >= 18', 'confidence < 0.55 or hour >= 18'],
  ])('%s reads %s', (condition, words) => {
    expect(shortCondition(condition)).toBe(words);
  });
});
