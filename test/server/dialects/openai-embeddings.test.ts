import { describe, expect, it } from 'vitest';
import { estimateInputTokens } from '#engine/signals/index.ts';
import { openaiEmbeddings } from '#server/dialects/openai-embeddings/index.ts';

const hints = { bytes: 10, session: '', user: '' };

function read(body: object) {
  const reading = openaiEmbeddings.readRequest({ model: 'auto', ...body }, hints);
  if (reading.kind === 'bad') throw new Error(`${reading.param}: ${reading.message}`);
  return reading.request;
}

describe('reading an embeddings request', () => {
  it('takes every text as a message, and expects no answer', () => {
    const request = read({ input: ['one', 'two'], user: 'ann' });
    expect(request).toMatchObject({ stream: false, maxOutputTokens: 0, user: 'ann', tools: [] });
    expect(request.messages.map(({ role, text }) => [role, text])).toEqual([
      ['user', 'one'],
      ['user', 'two'],
    ]);
  });

  it('counts tokens that came as numbers', () => {
    expect(estimateInputTokens(read({ input: [1, 2, 3] }))).toBe(
      estimateInputTokens(read({ input: [1] })) + 2,
    );
    expect(read({ input: [[1, 2], [3]] }).countedTokens).toBe(3);
  });

  it.each([[''], [[]], [7], [[1, 'a']], [[[1], 'a']], [[1.5]], [undefined]])('refuses %j', (input) => {
    expect(openaiEmbeddings.readRequest({ model: 'auto', input }, hints)).toMatchObject({
      kind: 'bad',
      param: 'input',
    });
  });
});

describe('an embeddings request on its way', () => {
  it('changes nothing but the model, whatever the policy says about answers', () => {
    const text = '{"model":"auto", "input":[1,2],"encoding_format":"base64","dimensions":256}';
    const changes = {
      model: 'text-embedding-3-small',
      parameters: { max_output_tokens: 5, temperature: 1 },
      lengthField: 'max_tokens' as const,
    };
    const changed = openaiEmbeddings.changeRequest(Buffer.from(text), JSON.parse(text), changes).toString();
    expect(changed).toBe(text.replace('"auto"', '"text-embedding-3-small"'));
  });

  it('reads the usage of an answer', () => {
    const usage = { prompt_tokens: 8, total_tokens: 8 };
    expect(openaiEmbeddings.readAnswer({ object: 'list', data: [], usage })).toMatchObject({
      kind: 'ok',
      usage: { inputTokens: 8, outputTokens: 0 },
    });
  });
});
