import { defineSignal } from './define-signal.ts';

export const sessionSignals = [
  defineSignal({
    name: 'session.id',
    valueType: 'string',
    meaning: 'The conversation: as the client names it, else a salted hash of how it began.',
    personal: true,
    measure: ({ request, caller, fingerprint, opening }) =>
      request.session !== '' ? request.session : fingerprint(`${caller.key}\n${opening}`),
  }),
  defineSignal({
    name: 'session.prefix',
    valueType: 'string',
    meaning: 'Salted hash of system prompt and tools: requests that share it can share a prompt cache.',
    measure: ({ boundaries }) => boundaries.opening,
  }),
  defineSignal({
    name: 'session.prefix_tokens',
    valueType: 'int',
    unit: 'tokens',
    meaning: 'Estimated tokens before the latest message: what a warm prompt cache could already hold.',
    examples: ['1024'],
    measure: ({ inputTokens, messageTokens }) => Math.max(0, inputTokens - (messageTokens.at(-1) ?? 0)),
  }),
  defineSignal({
    name: 'session.prefix_hashes',
    valueType: 'string_list',
    meaning:
      'Beginnings of the conversation as salted hash:tokens, shortest first: tools and system prompt, then up to the end of each of the last seven messages.',
    measure: ({ boundaries }) => boundaries.hashes,
  }),
] as const;
