/**
 * Why an attempt failed, as a closed list. A fallback's `on` is made of these; nobody reads meaning out of a message.
 * `unavailable` is a target that cannot be called at all: no credentials, a dialect it does not speak, a breaker open.
 * `rejected` is an answer that came and that a cascade does not accept.
 */
export const errorClasses = [
  'rate_limit',
  'timeout',
  'server_error',
  'network',
  'unavailable',
  'context_length',
  'content_filter',
  'auth',
  'invalid_request',
  'rejected',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

/** What an author may list: `rejected` moves on only where a cascade says what it accepts. */
export const listableErrorClasses = [
  'rate_limit',
  'timeout',
  'server_error',
  'network',
  'unavailable',
  'context_length',
  'content_filter',
  'auth',
  'invalid_request',
] as const satisfies readonly ErrorClass[];
export type ListableErrorClass = (typeof listableErrorClasses)[number];

/** What moves on to the next target when a fallback does not say. */
export const defaultErrorClasses: readonly ListableErrorClass[] = [
  'rate_limit',
  'timeout',
  'server_error',
  'network',
  'unavailable',
];

/** Names for people. */
export const errorClassLabels: Readonly<Record<ErrorClass, string>> = {
  rate_limit: 'Rate limit (429)',
  timeout: 'Timeout',
  server_error: 'Server error (5xx)',
  network: 'Network failure',
  unavailable: 'Not available',
  context_length: 'Context too long',
  content_filter: 'Content filter',
  auth: 'Credentials refused',
  invalid_request: 'Invalid request',
  rejected: 'Answer not accepted',
};
