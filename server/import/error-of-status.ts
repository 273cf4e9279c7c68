import { type ErrorClass, errorClasses } from '#engine/nodes/index.ts';

export function isErrorClass(text: string): text is ErrorClass {
  return errorClasses.some((one) => one === text);
}

/** The error class of an HTTP status that a log states; `unknown` where it says nothing. */
export function errorOfStatus(status: number | null): ErrorClass | 'unknown' {
  if (status === null || status < 400) return 'unknown';
  if (status === 429) return 'rate_limit';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 401 || status === 403) return 'auth';
  return status >= 500 ? 'server_error' : 'invalid_request';
}
