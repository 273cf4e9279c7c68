import { describe, expect, it } from 'vitest';
import { dialects } from '#server/dialects/index.ts';
import { bodyOf, emptyForm, readBodyText, testDialects } from '../../../studio/tester/request-draft.ts';

describe('a test request', () => {
  const form = { ...emptyForm, message: 'Hi', system: 'Be brief.', tools: 2, maxOutputTokens: 50 };

  it('is written in the OpenAI dialect', () =>
    expect(bodyOf(form, 'openai-chat')).toMatchObject({
      model: 'auto',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      max_completion_tokens: 50,
      tools: [{ function: { name: 'tool_1' } }, { function: { name: 'tool_2' } }],
    }));

  it('is written in the Anthropic dialect, which demands a limit', () => {
    expect(bodyOf(form, 'anthropic-messages')).toMatchObject({
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 50,
      tools: [{ name: 'tool_1' }, { name: 'tool_2' }],
    });
    expect(bodyOf(emptyForm, 'anthropic-messages')).toHaveProperty('max_tokens', 1_024);
  });

  it.each(Object.keys(testDialects) as (keyof typeof testDialects)[])(
    'is understood by the gateway as %s: message, limit, tools, image and schema',
    (dialect) => {
      const full = { ...form, image: true, json: true };
      const read = dialects[dialect].readRequest(bodyOf(full, dialect), {
        bytes: 1,
        session: '',
        user: '',
        subAgent: false,
      });
      if (read.kind === 'bad') throw new Error(read.message);
      const { request } = read;
      expect(request.model).toBe('auto');
      expect(request.maxOutputTokens).toBe(50);
      expect(JSON.stringify(request.messages)).toContain('Hi');
      if (dialect === 'openai-completions') return;
      expect(request.tools).toHaveLength(2);
      expect(request.jsonSchema).toBe(true);
      expect(request.messages.reduce((sum, { images }) => sum + images, 0)).toBe(1);
    },
  );

  it('leaves out what was left empty', () => {
    const body = bodyOf({ ...emptyForm, message: 'Hi' }, 'openai-chat');
    expect(Object.keys(body)).toEqual(['model', 'messages']);
    expect(body.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('says what is wrong with a body that is none', () => {
    expect(readBodyText('{"model":')).toMatchObject({ kind: 'bad' });
    expect(readBodyText('[]')).toMatchObject({
      kind: 'bad',
      message: expect.stringContaining('JSON object'),
    });
    expect(readBodyText('{"model":"auto"}')).toEqual({ kind: 'ok', body: { model: 'auto' } });
  });
});
