import type { FieldQuirks } from '../fit-body.ts';

/**
 * It answers 422 to every field it does not know; usage comes with a stream unasked. `prompt_cache_key` and
 * `reasoning_effort` were found in its documentation and its libraries on 2026-11-22, the other fields were not looked up.
 */
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
    'prompt_cache_key',
    'parallel_tool_calls',
    'prompt_mode',
    'reasoning_effort',
    'safe_prompt',
  ],
  renamed: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
  needless: ['stream_options'],
  toolIds: 9,
} as const satisfies FieldQuirks;
