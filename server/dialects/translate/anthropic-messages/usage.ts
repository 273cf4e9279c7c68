import type { Usage } from '#engine/catalogue/index.ts';
import { countOf, isWireObject, type WireObject } from '../../wire-value.ts';

/**
 * Anthropic's usage by disjoint class; `null` when it is none. `input_tokens` leaves out what the cache read and wrote;
 * `output_tokens` holds what was thought. A cache write whose time to live is not said is a five-minute one.
 */
export function readAnthropicUsage(wire: unknown): Usage | null {
  if (!isWireObject(wire) || typeof wire.output_tokens !== 'number') return null;
  const written = isWireObject(wire.cache_creation) ? wire.cache_creation : {};
  const hour = countOf(written.ephemeral_1h_input_tokens);
  const told = countOf(wire.cache_creation_input_tokens);
  const output = countOf(wire.output_tokens);
  const details = isWireObject(wire.output_tokens_details) ? wire.output_tokens_details : {};
  const thought = Math.min(countOf(details.thinking_tokens), output);
  return {
    inputTokens: countOf(wire.input_tokens),
    cacheReadTokens: countOf(wire.cache_read_input_tokens),
    cacheWrite5mTokens: Math.max(told - hour, countOf(written.ephemeral_5m_input_tokens)),
    cacheWrite1hTokens: hour,
    outputTokens: output - thought,
    reasoningTokens: thought,
  };
}

/**
 * The usage of `message_start` with that of `message_delta` over it: the later numbers are totals of the whole message
 * and replace the earlier ones; what the later object leaves out stays.
 */
export function mergeUsage(start: WireObject, delta: WireObject): WireObject {
  const later = Object.entries(delta).filter(([, value]) => value !== null && value !== undefined);
  return { ...start, ...Object.fromEntries(later) };
}

export function writeAnthropicUsage(usage: Usage): object {
  return {
    input_tokens: usage.inputTokens,
    cache_creation_input_tokens: usage.cacheWrite5mTokens + usage.cacheWrite1hTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWrite5mTokens,
      ephemeral_1h_input_tokens: usage.cacheWrite1hTokens,
    },
    output_tokens: usage.outputTokens + usage.reasoningTokens,
    output_tokens_details: { thinking_tokens: usage.reasoningTokens },
  };
}
