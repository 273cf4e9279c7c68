import type { ErrorClass } from '#engine/nodes/index.ts';

/** The error class an upstream's HTTP status stands for. Anthropic's 529 (overloaded) is a server's error like any 5xx. */
export function classOfStatus(status: number): ErrorClass {
  if (status === 429) return 'rate_limit';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 401 || status === 403) return 'auth';
  // No credit left: the target cannot be called at all, whatever is asked of it.
  if (status === 402) return 'unavailable';
  if (status === 413) return 'context_length';
  return status >= 400 && status < 500 ? 'invalid_request' : 'server_error';
}

const tooLong =
  /prompt is too long|maximum context length|context (length|window|limit)|exceeds? the (maximum|model's) .*tokens/i;
const filtered = /content filter|content (management )?policy|safety system/i;
const noCredit = /credit balance is too low|insufficient (balance|credits)/i;

/** Whether a message says that the prompt did not fit: Anthropic and most compatible servers have no code for it. */
export function saysTooLong(message: string): boolean {
  return tooLong.test(message);
}

/** Whether a message says that the content was not allowed: Anthropic has no code for it. */
export function saysFiltered(message: string): boolean {
  return filtered.test(message);
}

/** Whether a message says that an account has no credit left, which Anthropic answers as an invalid request. */
export function saysNoCredit(message: string): boolean {
  return noCredit.test(message);
}
