/** A streamed answer of 200 deltas as each of two vendors sends it, padding and all. */
export const deltas = 200;

const openaiHead = {
  id: 'chatcmpl-C1a2b3c4d5e6f7g8h9',
  object: 'chat.completion.chunk',
  created: 1_795_305_600,
  model: 'gpt-5-mini-2025-08-07',
  service_tier: 'default',
  system_fingerprint: null,
};

function openaiChunk(at: number, delta: object, finish_reason: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
  const chunk = { ...openaiHead, choices, usage: null, obfuscation: 'aB3dE6gH9'.slice(at % 9) };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

export const openaiFrames: readonly string[] = [
  openaiChunk(0, { role: 'assistant', content: '', refusal: null }, null),
  ...Array.from({ length: deltas }, (_none, at) => openaiChunk(at, { content: ` word${at}` }, null)),
  openaiChunk(3, {}, 'stop'),
  `data: ${JSON.stringify({ ...openaiHead, choices: [], usage: { prompt_tokens: 700, completion_tokens: deltas, total_tokens: 900 } })}\n\n`,
  'data: [DONE]\n\n',
];

function anthropicEvent(type: string, members: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`;
}

const message = {
  id: 'msg_01AbCdEfGh',
  type: 'message',
  role: 'assistant',
  model: 'claude-haiku-4-5',
  content: [],
};

export const anthropicFrames: readonly string[] = [
  anthropicEvent('message_start', {
    message: {
      ...message,
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 700, output_tokens: 1 },
    },
  }),
  anthropicEvent('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  anthropicEvent('ping', {}),
  ...Array.from({ length: deltas }, (_none, at) =>
    anthropicEvent('content_block_delta', {
      index: 0,
      delta: { type: 'text_delta', text: ` word${at}` },
    }).replace('}}\n', `}${' '.repeat(at % 12)}}\n`),
  ),
  anthropicEvent('content_block_stop', { index: 0 }),
  anthropicEvent('message_delta', {
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: deltas },
  }),
  anthropicEvent('message_stop', {}),
];
