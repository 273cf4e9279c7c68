import type { FieldQuirks } from '../fit-body.ts';

/** It answers 422 to every field it does not know (docs.mistral.ai/api, read 2026-11-22); usage comes with a stream unasked. */
export const mistralFields = {
  known: [
    'model',
    'messages',
    'temperature',
    'top_p',
    'max_tokens',
    'stream',
    'stop',
    'random_seed',
    'metadata',
    'response_format',
    'tools',
    'tool_choice',
    'presence_penalty',
    'frequency_penalty',
    'n',
    'prediction',
    'parallel_tool_calls',
    'prompt_mode',
    'reasoning_effort',
    'safe_prompt',
  ],
  renamed: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
  needless: ['stream_options'],
  toolIds: 9,
} as const satisfies FieldQuirks;
