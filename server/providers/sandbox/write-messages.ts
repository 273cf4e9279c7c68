import type { Usage } from '#engine/catalogue/index.ts';
import type { SandboxAnswer, SandboxWriter, SimulatedError, WrittenError } from './sandbox-answer.ts';

/** Answers as Anthropic's Messages API would send them. */
export const messagesWriter: SandboxWriter = { plain, opening, piece, closing, error };

function plain(answer: SandboxAnswer): string {
  return JSON.stringify({
    ...head(answer),
    content: [{ type: 'text', text: answer.text }],
    stop_reason: answer.cut ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    usage: usageOf(answer.usage),
  });
}

function opening(answer: SandboxAnswer): string {
  const message = {
    ...head(answer),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usageOf(answer.usage), output_tokens: 1 },
  };
  return (
    event('message_start', { message }) +
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
    event('ping', {})
  );
}

function piece(_answer: SandboxAnswer, text: string): string {
  return event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
}

function closing(answer: SandboxAnswer): string {
  const delta = { stop_reason: answer.cut ? 'max_tokens' : 'end_turn', stop_sequence: null };
  return (
    event('content_block_stop', { index: 0 }) +
    event('message_delta', { delta, usage: { output_tokens: outputOf(answer.usage) } }) +
    event('message_stop', {})
  );
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function head({ id, model }: SandboxAnswer): object {
  return { id: `msg_${id}`, type: 'message', role: 'assistant', model };
}

function outputOf(usage: Usage): number {
  return usage.outputTokens + usage.reasoningTokens;
}

function usageOf(usage: Usage): object {
  return {
    input_tokens: usage.inputTokens,
    cache_creation_input_tokens: usage.cacheWrite5mTokens + usage.cacheWrite1hTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWrite5mTokens,
      ephemeral_1h_input_tokens: usage.cacheWrite1hTokens,
    },
    output_tokens: outputOf(usage),
    output_tokens_details: { thinking_tokens: usage.reasoningTokens },
    service_tier: 'standard',
  };
}

const errors: Readonly<Record<SimulatedError, [number, string, string]>> = {
  rate_limit: [429, 'rate_limit_error', 'rate limit'],
  server_error: [529, 'overloaded_error', 'overloaded'],
  auth: [401, 'authentication_error', 'credentials refused'],
  invalid_request: [400, 'invalid_request_error', 'invalid request'],
  context_length: [400, 'invalid_request_error', 'prompt is too long: more tokens than the model takes'],
  content_filter: [400, 'invalid_request_error', 'content filter'],
};

function error(model: string, kind: SimulatedError): WrittenError {
  const [status, type, what] = errors[kind];
  const message = `Simulated failure (${what}) of ${model} from Waybill's sandbox.`;
  return { status, body: JSON.stringify({ type: 'error', error: { type, message } }) };
}
