import { defineSignal } from './define-signal.ts';
import type { NeutralRequest } from './intake.ts';

export const sessionSignals = [
  defineSignal({
    name: 'session.id',
    valueType: 'string',
    meaning: 'The conversation: as the client names it, else a salted hash of how it began.',
    personal: true,
    measure: ({ request, caller, fingerprint }) =>
      request.session !== '' ? request.session : fingerprint(`${caller.key}\n${opening(request)}`),
  }),
  defineSignal({
    name: 'session.prefix',
    valueType: 'string',
    meaning: 'Salted hash of system prompt and tools: requests that share it can share a prompt cache.',
    measure: ({ request, fingerprint }) =>
      fingerprint(`${request.tools.join(',')}\n${textOf(request, (role) => role === 'system')}`),
  }),
  defineSignal({
    name: 'session.prefix_tokens',
    valueType: 'int',
    unit: 'tokens',
    meaning: 'Estimated tokens before the latest message: what a warm prompt cache could already hold.',
    examples: ['1024'],
    measure: ({ inputTokens, messageTokens }) => Math.max(0, inputTokens - (messageTokens.at(-1) ?? 0)),
  }),
] as const;

/** System prompt and first message of the user: the part of a conversation that does not change as it grows. */
function opening(request: NeutralRequest): string {
  const first = request.messages.find((message) => message.role === 'user');
  return `${textOf(request, (role) => role === 'system')}\n${first?.text ?? ''}`;
}

function textOf(request: NeutralRequest, keep: (role: string) => boolean): string {
  return request.messages
    .filter((message) => keep(message.role))
    .map((message) => message.text)
    .join('\n');
}
