import { describe, expect, it } from 'vitest';
import { dialectOf } from '#server/cli/request-file.ts';

const messages = [{ role: 'user', content: 'Hi' }];

describe('the dialect of a body in a file', () => {
  it.each([
    [{ messages }, 'openai-chat'],
    [{ messages, system: 'Be brief.' }, 'anthropic-messages'],
    [{ input: 'Hi' }, 'openai-responses'],
    [{ input: [{ role: 'user', content: 'Hi' }] }, 'openai-responses'],
    [{ prompt: { id: 'pmpt_1' } }, 'openai-responses'],
    [{ input: ['one', 'two'] }, 'openai-embeddings'],
    [{ input: [[1, 2], [3]] }, 'openai-embeddings'],
    [{ input: 'Hi', encoding_format: 'float' }, 'openai-embeddings'],
    [{ prompt: 'Once upon' }, 'openai-completions'],
    [{ prompt: ['Once', 'Twice'] }, 'openai-completions'],
    [{ contents: [{ parts: [{ text: 'Hi' }] }] }, 'google-generate'],
  ])('of %j is told by its shape: %s', (body, dialect) => {
    expect(dialectOf({ model: 'auto', ...body })).toBe(dialect);
  });
});
