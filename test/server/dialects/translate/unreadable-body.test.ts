import { describe, expect, it } from 'vitest';
import { readAnthropic, readOpenAiChat, UnreadableBody } from '#server/dialects/translate/index.ts';

describe('a body of the wrong shape', () => {
  it.each([
    [readOpenAiChat, [], 'The body: should be a JSON object.'],
    [readOpenAiChat, { messages: [] }, 'model: is missing; it should be a string.'],
    [readOpenAiChat, { model: 'm' }, 'messages: is missing; it should be a list.'],
    [
      readOpenAiChat,
      { model: 'm', messages: ['x'] },
      'messages[0]: should be an object, not the string "x".',
    ],
    [
      readOpenAiChat,
      { model: 'm', messages: [{ role: 'user', content: 7 }] },
      'messages[0].content: should be a string or a list of parts, not the number 7.',
    ],
    [
      readOpenAiChat,
      { model: 'm', messages: [], temperature: 'hot' },
      'temperature: should be a number, not the string "hot".',
    ],
    [
      readAnthropic,
      { model: 'm', messages: [{ role: 'tool', content: 'x' }] },
      "messages[0].role: 'tool' should be user, assistant or system.",
    ],
    [
      readAnthropic,
      { model: 'm', messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'messages[0].content[0].text: is missing; it should be a string.',
    ],
  ])('says what is wrong, where, and what would be right', (read, body, message) => {
    expect(() => read(body)).toThrow(UnreadableBody);
    expect(() => read(body)).toThrow(message);
  });
});
