import { ApiFailure } from '../../errors.ts';
import type { Visit } from '../visit.ts';

/** The refusal of a try that comes too early, with its header. */
export function lockedOut(waitMs: number, visit: Visit): ApiFailure {
  const seconds = Math.ceil(waitMs / 1_000);
  visit.setHeader('retry-after', String(seconds));
  const when = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
  return new ApiFailure(429, 'locked_out', `Too many wrong passwords. Try again in ${when}.`);
}
