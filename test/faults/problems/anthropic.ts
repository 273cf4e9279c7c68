import type { ProviderProblem } from './problem.ts';

const anthropicError = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_011',
});
/** Of Anthropic, from its public documentation and trackers. */
export const anthropic: readonly ProviderProblem[] = [
  [
    'Anthropic, too many requests',
    429,
    anthropicError(
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 50,000 input tokens per minute.',
    ),
    'rate_limit',
  ],
  ['Anthropic, overloaded', 529, anthropicError('overloaded_error', 'Overloaded'), 'server_error'],
  ['Anthropic, its own fault', 500, anthropicError('api_error', 'Internal server error'), 'server_error'],
  [
    'Anthropic, too long',
    400,
    anthropicError('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    'context_length',
  ],
  [
    'Anthropic, input and output too long',
    400,
    anthropicError(
      'invalid_request_error',
      'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or `max_tokens` and try again',
    ),
    'context_length',
  ],
  [
    'Anthropic, body too large',
    413,
    anthropicError('request_too_large', 'Request exceeds the maximum size'),
    'context_length',
  ],
  ['Anthropic, wrong key', 401, anthropicError('authentication_error', 'invalid x-api-key'), 'auth'],
  [
    'Anthropic, not allowed',
    403,
    anthropicError(
      'permission_error',
      'Your API key does not have permission to use the specified resource.',
    ),
    'auth',
  ],
  [
    'Anthropic, no money',
    400,
    anthropicError(
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
    'unavailable',
  ],
  [
    'Anthropic, billing',
    402,
    anthropicError('billing_error', 'There is an issue with your billing.'),
    'unavailable',
  ],
  ['Anthropic, no such model', 404, anthropicError('not_found_error', 'model: claude-9'), 'invalid_request'],
  [
    'Anthropic, wrong body',
    400,
    anthropicError('invalid_request_error', 'messages.0.role: Input should be "user" or "assistant"'),
    'invalid_request',
  ],
  [
    'Anthropic, content policy',
    400,
    anthropicError('invalid_request_error', 'Output blocked by content filtering policy'),
    'content_filter',
  ],
  ['Anthropic, out of time', 504, anthropicError('timeout_error', 'Request timed out'), 'timeout'],
];
