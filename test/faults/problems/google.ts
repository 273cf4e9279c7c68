import type { ProviderProblem } from './problem.ts';

const googleError = (code: number, status: string, message: string, details?: object[]) => ({
  error: { code, message, status, details },
});
/** Of Gemini and Vertex AI, from their public documentation and trackers. */
export const google: readonly ProviderProblem[] = [
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
