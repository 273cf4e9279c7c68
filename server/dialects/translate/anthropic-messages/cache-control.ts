import { present } from '../fields.ts';
import type { CacheMark } from '../neutral.ts';

/** A cache mark in Anthropic's words; nothing for none. */
export function cacheControl(mark: CacheMark | undefined): object | undefined {
  return mark === undefined ? undefined : present({ type: 'ephemeral', ttl: mark.ttl });
}
