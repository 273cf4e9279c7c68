import type { Problem, ProblemKind } from './neutral-answer.ts';

/** The status a problem has where its provider gave none. 529 is Anthropic's own; clients of both retry it. */
export const statusOfKind: Readonly<Record<ProblemKind, number>> = {
  invalid_request: 400,
  context_length: 400,
  authentication: 401,
  billing: 402,
  permission: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limit: 429,
  quota: 429,
  timeout: 504,
  overloaded: 529,
  server_error: 500,
};

const kinds: Readonly<Record<number, ProblemKind>> = {
  401: 'authentication',
  402: 'billing',
  403: 'permission',
  404: 'not_found',
  408: 'timeout',
  409: 'conflict',
  413: 'too_large',
  429: 'rate_limit',
  503: 'overloaded',
  504: 'timeout',
  529: 'overloaded',
};

export function kindOfStatus(status: number): ProblemKind {
  return kinds[status] ?? (status >= 400 && status < 500 ? 'invalid_request' : 'server_error');
}

/** For an upstream that answered with something that is no error of its dialect, such as a proxy's HTML page or a redirect. */
export function unreadableProblem(status: number, headers: Readonly<Record<string, string>>): Problem {
  const own = status >= 400 ? status : 502;
  return { status: own, kind: kindOfStatus(own), message: whatCame('The upstream', status, headers) };
}

/** An answer that is none of the API, in words. */
export function whatCame(who: string, status: number, headers: Readonly<Record<string, string>>): string {
  if (status >= 300 && status < 400) {
    const where = headers.location === undefined ? '' : ` to ${headers.location.slice(0, 200)}`;
    return `${who} answered ${status}, a redirect${where}. None is followed: check the provider’s base URL.`;
  }
  const type = headers['content-type']?.split(';', 1)[0] ?? 'no content type';
  return `${who} answered ${status} with ${type} that is no answer of its API.`;
}

/** For a streamed answer that broke: by default because the upstream ended it early. */
export function brokenStream(message: string, code: 'network' | 'server_error' = 'network'): Problem {
  return { status: 502, kind: 'server_error', message, code };
}
