import type { ListableErrorClass } from '#engine/nodes/index.ts';
import { anyError } from './shared-nodes.ts';

const byStatus: Readonly<Record<number, ListableErrorClass>> = {
  401: 'auth',
  403: 'auth',
  408: 'timeout',
  413: 'context_length',
  429: 'rate_limit',
  // Portkey's own: a guardrail stopped the request, or found fault and let it through.
  246: 'content_filter',
  446: 'content_filter',
  504: 'timeout',
  524: 'timeout',
};

/**
 * HTTP statuses as the error classes of a fallback. Failures that come with no status (network, no credentials) are always
 * among them. A 400 also stands for a context that is too long and for a content filter, as providers answer so.
 */
export function statusClasses(statuses: readonly number[]): readonly ListableErrorClass[] {
  const classes = new Set<ListableErrorClass>(['network', 'unavailable']);
  for (const status of statuses) {
    const named = byStatus[status];
    if (named !== undefined) classes.add(named);
    else if (status >= 500) classes.add('server_error');
    else if (status >= 400) classes.add('invalid_request');
    if (status === 400) {
      classes.add('context_length');
      classes.add('content_filter');
    }
  }
  return anyError.filter((one) => classes.has(one));
}
