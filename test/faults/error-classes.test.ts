import { describe, expect, it } from 'vitest';
import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Dialect } from '#engine/signals/index.ts';
import { dialects } from '#server/dialects/index.ts';
import { readAnthropicProblem, readOpenAiProblem } from '#server/dialects/translate/index.ts';
import { classOfProblem } from '#server/gateway/problem-class.ts';
import { aContext } from '../server/support/context.ts';
import { aGateway, anUpstream, sendJson } from '../server/support/servers.ts';
import { aDirectoryOf } from '../server/support/speaking-provider.ts';
import { ask, type Client, clients } from './clients.ts';

/** Bodies as providers write them: who, status, body, what it means. From their public documentation and trackers. */
const openai: readonly (readonly [string, number, unknown, ErrorClass])[] = [
  [
    'OpenAI, too many requests',
    429,
    {
      error: {
        message:
          'Rate limit reached for gpt-5 in organization org-x on tokens per min (TPM): Limit 30000, Used 28000, Requested 4000. Please try again in 4s.',
        type: 'tokens',
        param: null,
        code: 'rate_limit_exceeded',
      },
    },
    'rate_limit',
  ],
  [
    'OpenAI, no money',
    429,
    {
      error: {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        param: null,
        code: 'insufficient_quota',
      },
    },
    'rate_limit',
  ],
  [
    'OpenAI, too long',
    400,
    {
      error: {
        message:
          "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.",
        type: 'invalid_request_error',
        param: 'messages',
        code: 'context_length_exceeded',
      },
    },
    'context_length',
  ],
  [
    'OpenAI, wrong key',
    401,
    {
      error: {
        message: 'Incorrect API key provided: sk-x.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    },
    'auth',
  ],
  [
    'OpenAI, no such model',
    404,
    {
      error: {
        message: 'The model `gpt-9` does not exist or you do not have access to it.',
        type: 'invalid_request_error',
        param: null,
        code: 'model_not_found',
      },
    },
    'invalid_request',
  ],
  [
    'OpenAI, wrong parameter',
    400,
    {
      error: {
        message: "Unsupported parameter: 'max_tokens' is not supported with this model.",
        type: 'invalid_request_error',
        param: 'max_tokens',
        code: 'unsupported_parameter',
      },
    },
    'invalid_request',
  ],
  [
    'OpenAI, its own fault',
    500,
    {
      error: {
        message: 'The server had an error while processing your request. Sorry about that!',
        type: 'server_error',
        param: null,
        code: null,
      },
    },
    'server_error',
  ],
  [
    'OpenAI, overloaded',
    503,
    {
      error: {
        message: 'The engine is currently overloaded, please try again later',
        type: 'service_unavailable',
        param: null,
        code: 'service_unavailable',
      },
    },
    'server_error',
  ],
  [
    'OpenAI, moderation',
    400,
    {
      error: {
        message: 'Your request was rejected as a result of our safety system.',
        type: 'image_generation_user_error',
        param: null,
        code: 'moderation_blocked',
      },
    },
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
    {
      error: {
        message: 'Insufficient Balance',
        type: 'unknown_error',
        param: null,
        code: 'invalid_request_error',
      },
    },
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
    {
      error: {
        message: 'model "x" not found, try pulling it first',
        type: 'api_error',
        param: null,
        code: null,
      },
    },
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

const anthropicError = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_011',
});
const anthropic: typeof openai = [
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

const googleError = (code: number, status: string, message: string, details?: object[]) => ({
  error: { code, message, status, details },
});
const google: typeof openai = [
  [
    'Google, too many requests',
    429,
    googleError(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.'),
    'rate_limit',
  ],
  [
    'Google, overloaded',
    503,
    googleError(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    'server_error',
  ],
  [
    'Google, its own fault',
    500,
    googleError(500, 'INTERNAL', 'An internal error has occurred.'),
    'server_error',
  ],
  [
    'Google, wrong key',
    400,
    googleError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
      },
    ]),
    'auth',
  ],
  [
    'Google, not allowed',
    403,
    googleError(403, 'PERMISSION_DENIED', 'Permission denied on resource project x.'),
    'auth',
  ],
  [
    'Google, too long',
    400,
    googleError(
      400,
      'INVALID_ARGUMENT',
      'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
    ),
    'context_length',
  ],
  [
    'Google, no such model',
    404,
    googleError(404, 'NOT_FOUND', 'models/x is not found for API version v1beta.'),
    'invalid_request',
  ],
  [
    'Google, no billing',
    400,
    googleError(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    'unavailable',
  ],
  [
    'Google, out of time',
    504,
    googleError(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
    'timeout',
  ],
];

describe('why a provider said no', () => {
  it.each(openai)('%s (%i)', (_who, status, body, expected) => {
    expect(dialects['openai-chat'].classifyError(status, body)).toBe(expected);
  });
  it.each(anthropic)('%s (%i)', (_who, status, body, expected) => {
    expect(dialects['anthropic-messages'].classifyError(status, body)).toBe(expected);
  });
  it.each(google)('%s (%i)', (_who, status, body, expected) => {
    expect(dialects['google-generate'].classifyError(status, body)).toBe(expected);
  });

  it.each(openai)('%s (%i), to a client of another dialect', (_who, status, body, expected) => {
    const problem = readOpenAiProblem(body, status);
    if (problem !== undefined) expect(classOfProblem(problem)).toBe(expected);
  });
  it.each(anthropic)('%s (%i), to a client of another dialect', (_who, status, body, expected) => {
    const problem = readAnthropicProblem(body, status);
    expect(problem && classOfProblem(problem)).toBe(expected);
  });
});

/** A provider's no on its way to clients of every dialect. */
const carried: readonly (readonly [keyof typeof clients, Dialect, string, number, unknown, ErrorClass])[] = (
  [
    ['openai-chat', 'openai-chat', openai],
    ['anthropic-messages', 'openai-chat', openai],
    ['google-generate', 'openai-chat', openai],
    ['openai-responses', 'anthropic-messages', anthropic],
    ['anthropic-messages', 'anthropic-messages', anthropic],
    ['openai-completions', 'anthropic-messages', anthropic],
    ['google-generate', 'google-generate', google],
  ] as const
).flatMap(([client, dialect, list]) => list.map((one) => [client, dialect, ...one] as const));

/** A client of another dialect hears no words that may hold our key. */
const keepsWords = (error: ErrorClass) => error !== 'auth';

/** What goes through as it is: an error as all dialects have it. */
const isErrorObject = (body: unknown) => JSON.stringify(body).includes('"error":{');

describe('a client', () => {
  it.each(carried)(
    'of %s, its upstream speaking %s, hears of “%s” (%i)',
    async (name, dialect, _who, status, body, error) => {
      const upstream = await anUpstream((res) =>
        sendJson(res, status, body as object, { 'retry-after': '9' }),
      );
      const context = aContext({
        providers: aDirectoryOf('up', upstream.url, [dialect]),
        policies: { auto: { entry: 'm', nodes: { m: { kind: 'model', target: 'up/m' } } } },
      });
      const client: Client = clients[name];
      const response = await ask(await aGateway(context), client, false);
      const wire: unknown = await response.json();
      if (name === dialect && isErrorObject(body) && keepsWords(error)) expect(wire).toEqual(body);
      else expect(client.problemIn(wire) ?? '').not.toBe('');
      expect(response.status).toBeGreaterThanOrEqual(400);
      if (status >= 400 && keepsWords(error)) expect(response.status).toBe(status);
      if (status >= 400 && keepsWords(error)) expect(response.headers.get('retry-after')).toBe('9');
      expect(response.headers.get('x-waybill-request-id')).toBe('r-1');
      expect(await context.log.next()).toMatchObject({
        'outcome.status': 'failed',
        'outcome.error': error,
        'outcome.http_status': response.status,
      });
    },
  );
});
