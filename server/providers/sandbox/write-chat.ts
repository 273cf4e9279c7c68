import { totalInputTokens, type Usage } from '#engine/catalogue/index.ts';
import type { SandboxAnswer, SandboxWriter, SimulatedError, WrittenError } from './sandbox-answer.ts';

/** Answers as OpenAI's Chat Completions would send them. */
export const chatWriter: SandboxWriter = { plain, opening, piece, closing, error };

function plain(answer: SandboxAnswer): string {
  return JSON.stringify({
    ...head(answer, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: answer.text, refusal: null },
        logprobs: null,
        finish_reason: answer.cut ? 'length' : 'stop',
      },
    ],
    usage: usageOf(answer.usage),
  });
}

function opening(answer: SandboxAnswer): string {
  return chunk(answer, { role: 'assistant', content: '' }, null);
}

function piece(answer: SandboxAnswer, text: string): string {
  return chunk(answer, { content: text }, null);
}

function closing(answer: SandboxAnswer): string {
  const usage = answer.usageWanted
    ? event({ ...head(answer, 'chat.completion.chunk'), choices: [], usage: usageOf(answer.usage) })
    : '';
  return `${chunk(answer, {}, answer.cut ? 'length' : 'stop')}${usage}data: [DONE]\n\n`;
}

function chunk(answer: SandboxAnswer, delta: object, finish: string | null): string {
  return event({
    ...head(answer, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  });
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function head({ id, model, at }: SandboxAnswer, object: string): object {
  return {
    id: `chatcmpl-${id}`,
    object,
    created: Math.floor(at / 1_000),
    model,
    system_fingerprint: 'waybill-sandbox',
  };
}

function usageOf(usage: Usage): object {
  const prompt = totalInputTokens(usage);
  const completion = usage.outputTokens + usage.reasoningTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: usage.cacheReadTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}

const errors: Readonly<Record<SimulatedError, [number, string, string]>> = {
  rate_limit: [429, 'rate_limit_error', 'rate_limit_exceeded'],
  server_error: [500, 'server_error', 'server_error'],
  auth: [401, 'invalid_request_error', 'invalid_api_key'],
  invalid_request: [400, 'invalid_request_error', 'invalid_value'],
  context_length: [400, 'invalid_request_error', 'context_length_exceeded'],
  content_filter: [400, 'invalid_request_error', 'content_filter'],
};

function error(model: string, kind: SimulatedError): WrittenError {
  const [status, type, code] = errors[kind];
  const message = `Simulated failure (${code}) of ${model} from Waybill's sandbox.`;
  return { status, body: JSON.stringify({ error: { message, type, param: null, code } }) };
}
