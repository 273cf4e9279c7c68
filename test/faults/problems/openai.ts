import type { ProviderProblem } from './problem.ts';

const openAiError = (
  type: string | null,
  code: string | null,
  message: string,
  param: string | null = null,
) => ({
  error: { message, type, param, code },
});

/** Of OpenAI and those who speak as it does, from their public documentation and trackers. */
export const openai: readonly ProviderProblem[] = [
  [
    'OpenAI, too many requests',
    429,
    openAiError(
      'tokens',
      'rate_limit_exceeded',
      'Rate limit reached for gpt-5 in organization org-x on tokens per min (TPM): Limit 30000, Used 28000, Requested 4000. Please try again in 4s.',
    ),
    'rate_limit',
  ],
  [
    'OpenAI, no money',
    429,
    openAiError(
      'insufficient_quota',
      'insufficient_quota',
      'You exceeded your current quota, please check your plan and billing details.',
    ),
    'rate_limit',
  ],
  [
    'OpenAI, too long',
    400,
    openAiError(
      'invalid_request_error',
      'context_length_exceeded',
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.",
      'messages',
    ),
    'context_length',
  ],
  [
    'OpenAI, wrong key',
    401,
    openAiError('invalid_request_error', 'invalid_api_key', 'Incorrect API key provided: sk-x.'),
    'auth',
  ],
  [
    'OpenAI, no such model',
    404,
    openAiError(
      'invalid_request_error',
      'model_not_found',
      'The model `gpt-9` does not exist or you do not have access to it.',
    ),
    'invalid_request',
  ],
  [
    'OpenAI, wrong parameter',
    400,
    openAiError(
      'invalid_request_error',
      'unsupported_parameter',
      "Unsupported parameter: 'max_tokens' is not supported with this model.",
      'max_tokens',
    ),
    'invalid_request',
  ],
  [
    'OpenAI, its own fault',
    500,
    openAiError(
      'server_error',
      null,
      'The server had an error while processing your request. Sorry about that!',
    ),
    'server_error',
  ],
  [
    'OpenAI, overloaded',
    503,
    openAiError(
      'service_unavailable',
      'service_unavailable',
      'The engine is currently overloaded, please try again later',
    ),
    'server_error',
  ],
  [
    'OpenAI, moderation',
    400,
    openAiError(
      'image_generation_user_error',
      'moderation_blocked',
      'Your request was rejected as a result of our safety system.',
    ),
    'content_filter',
  ],
  [
    'Azure, content filter',
    400,
    {
      error: {
        message:
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    },
    'content_filter',
  ],
  [
    'Azure, too many requests',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current OpenAI S0 pricing tier.',
      },
    },
    'rate_limit',
  ],
  [
    'Azure, no deployment',
    404,
    {
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    },
    'invalid_request',
  ],
  [
    'Azure, wrong key',
    401,
    {
      error: { code: '401', message: 'Access denied due to invalid subscription key or wrong API endpoint.' },
    },
    'auth',
  ],
  [
    'DeepSeek, no money',
    402,
    openAiError('unknown_error', 'invalid_request_error', 'Insufficient Balance'),
    'unavailable',
  ],
  [
    'OpenRouter, upstream down, inside a 200',
    200,
    { error: { message: 'Provider returned error', code: 502 } },
    'server_error',
  ],
  [
    'OpenRouter, too many requests',
    429,
    { error: { message: 'Rate limit exceeded: free-models-per-day', code: 429, metadata: { headers: {} } } },
    'rate_limit',
  ],
  ['OpenRouter, no credits', 402, { error: { message: 'Insufficient credits', code: 402 } }, 'unavailable'],
  [
    'Groq, too many tokens',
    413,
    {
      error: {
        message: 'Request too large for model `llama-3.3-70b-versatile`',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    'rate_limit',
  ],
  [
    'vLLM, too long',
    400,
    {
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    'context_length',
  ],
  [
    'vLLM, no such model',
    404,
    { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', param: 'model', code: 404 } },
    'invalid_request',
  ],
  [
    'Mistral, too many requests',
    429,
    {
      object: 'error',
      message: 'Requests rate limit exceeded',
      type: 'rate_limited',
      param: null,
      code: '1300',
    },
    'rate_limit',
  ],
  [
    'Mistral, wrong body',
    422,
    {
      object: 'error',
      message: { detail: [{ type: 'missing', loc: ['body', 'messages'], msg: 'Field required' }] },
      type: 'invalid_request_error',
      code: null,
    },
    'invalid_request',
  ],
  ['Mistral, wrong key', 401, { message: 'Unauthorized', request_id: 'x' }, 'auth'],
  [
    'Ollama, no such model',
    404,
    openAiError('api_error', null, 'model "x" not found, try pulling it first'),
    'invalid_request',
  ],
  [
    'a server built on FastAPI',
    422,
    { detail: [{ loc: ['body', 'model'], msg: 'field required', type: 'value_error.missing' }] },
    'invalid_request',
  ],
  ['a terse server', 500, { error: 'CUDA out of memory' }, 'server_error'],
  ['a proxy out of time', 504, { message: 'Endpoint request timed out' }, 'timeout'],
  [
    'a request out of time',
    408,
    { error: { message: 'Request timed out.', type: 'timeout', code: null } },
    'timeout',
  ],
];
