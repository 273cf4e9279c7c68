import { defineSignal } from './define-signal.ts';
import { languageOf } from './language/index.ts';

export const contentSignals = [
  defineSignal({
    name: 'request.user_characters',
    valueType: 'int',
    unit: 'characters',
    meaning: 'Length of the user’s latest message.',
    examples: ['200', '4000'],
    measure: ({ userText }) => userText.length,
  }),
  defineSignal({
    name: 'request.last_message_tokens',
    valueType: 'int',
    unit: 'tokens',
    meaning: 'Estimated tokens of the latest message, whoever wrote it.',
    examples: ['2000'],
    measure: ({ messageTokens }) => messageTokens.at(-1) ?? 0,
  }),
  defineSignal({
    name: 'request.longest_message_tokens',
    valueType: 'int',
    unit: 'tokens',
    meaning: 'Estimated tokens of the longest message of the conversation.',
    examples: ['8000'],
    measure: ({ messageTokens }) => messageTokens.reduce((most, tokens) => Math.max(most, tokens), 0),
  }),
  defineSignal({
    name: 'request.language',
    valueType: 'string',
    meaning: 'Language of the user’s latest message as its ISO 639-1 code; und when it cannot be told.',
    examples: ['en', 'es', 'de', 'fr', 'zh', 'ja', 'und'],
    measure: ({ userText }) => languageOf(userText),
  }),
  defineSignal({
    name: 'request.code_blocks',
    valueType: 'int',
    unit: 'blocks',
    meaning: 'Fenced blocks of code in the user’s latest message.',
    examples: ['0'],
    measure: ({ code }) => code.count,
  }),
  defineSignal({
    name: 'request.code_share',
    valueType: 'double',
    unit: 'share, 0–1',
    meaning: 'Share of the user’s latest message that is fenced code.',
    examples: ['0.5'],
    measure: ({ code, userText }) => (code.count === 0 ? 0 : code.characters / userText.length),
  }),
  defineSignal({
    name: 'request.pii',
    valueType: 'string_list',
    meaning: 'Kinds of personal data found in the messages by their form: email, phone, card, iban, ip, ssn.',
    examples: ['email', 'phone', 'card', 'iban', 'ip', 'ssn'],
    measure: ({ private: found }) => found.personal,
  }),
  defineSignal({
    name: 'request.secrets',
    valueType: 'string_list',
    meaning: 'Kinds of secrets found in the messages: api_key, aws_key, jwt, private_key, password.',
    examples: ['api_key', 'aws_key', 'jwt', 'private_key', 'password'],
    measure: ({ private: found }) => found.secret,
  }),
] as const;
