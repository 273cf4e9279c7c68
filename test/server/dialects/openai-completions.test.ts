import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameCutter } from '#server/dialects/event-frames.ts';
import { openaiCompletions } from '#server/dialects/openai-completions/index.ts';
import { cuts } from './translate/stream-tools.ts';

const hints = { bytes: 10, session: '', user: '' };

function change(text: string, parameters: object, more: object = {}) {
  const changes = { model: 'm', parameters, lengthField: 'max_tokens' as const, ...more };
  return JSON.parse(openaiCompletions.changeRequest(Buffer.from(text), JSON.parse(text), changes).toString());
}

describe('reading a completions request', () => {
  it('takes prompts as messages, and knows limit, stream and user', () => {
    const wire = { model: 'auto', prompt: ['a', 'b'], max_tokens: 7, stream: true, user: 'ann' };
    expect(openaiCompletions.readRequest(wire, hints)).toMatchObject({
      kind: 'ok',
      request: {
        messages: [{ text: 'a' }, { text: 'b' }],
        maxOutputTokens: 7,
        stream: true,
        user: 'ann',
      },
    });
  });

  it('counts a prompt of tokens', () => {
    expect(openaiCompletions.readRequest({ model: 'auto', prompt: [1, 2, 3] }, hints)).toMatchObject({
      request: { countedTokens: 3 },
    });
  });

  it('wants a model and a prompt', () => {
    expect(openaiCompletions.readRequest({ prompt: 'a' }, hints)).toMatchObject({ param: 'model' });
    expect(openaiCompletions.readRequest({ model: 'a' }, hints)).toMatchObject({ param: 'prompt' });
  });
});

describe('changing a completions request', () => {
  it('caps, cools and asks for the usage of a stream; efforts are for chats', () => {
    const text = '{"model":"auto","prompt":"x","max_tokens":90,"stream":true}';
    const parameters = { max_output_tokens: 50, temperature: 0, reasoning_effort: 'low' };
    expect(change(text, parameters)).toEqual({
      model: 'm',
      prompt: 'x',
      max_tokens: 50,
      stream: true,
      temperature: 0,
      stream_options: { include_usage: true },
    });
    expect(change(text, parameters, { translated: true })).toMatchObject({ reasoning_effort: 'low' });
  });
});

describe('reading completions along', () => {
  const bytes = readFileSync(new URL('fixtures/completion-text.sse', import.meta.url));

  it('understands a stream wherever its chunks end, and keeps the usage nobody asked for', () => {
    fc.assert(
      fc.property(cuts(bytes), (chunks) => {
        const reader = openaiCompletions.makeStreamReader({ stream: true });
        const cutter = new FrameCutter();
        const kinds = chunks.flatMap((chunk) => cutter.push(chunk).map((frame) => reader.read(frame).kind));
        expect(kinds).toEqual(['content', 'content', 'content', 'hidden', 'end']);
        expect(reader.outputCharacters).toBe('Once upon'.length);
        expect(reader.usage).toMatchObject({ inputTokens: 4, outputTokens: 2 });
      }),
    );
  });

  it('reads usage, length and errors of whole answers', () => {
    const choices = [{ text: 'four', index: 0, finish_reason: 'stop' }];
    expect(openaiCompletions.readAnswer({ choices })).toEqual({
      kind: 'ok',
      usage: null,
      outputCharacters: 4,
    });
    expect(openaiCompletions.readAnswer({ error: { code: 'rate_limit_exceeded' } })).toEqual({
      kind: 'error',
      error: 'rate_limit',
    });
  });
});
