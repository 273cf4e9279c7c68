import { noUsage, type Usage } from '#engine/catalogue/index.ts';
import { countOf, isWireObject, type WireObject } from '../wire-value.ts';

/** What `message_start` said, with what `message_delta` says later put in its place: never added (its counts are cumulative). */
export function mergeUsage(earlier: WireObject, later: WireObject): WireObject {
  const merged: Record<string, unknown> = { ...earlier };
  for (const [key, value] of Object.entries(later)) if (value !== null) merged[key] = value;
  return merged;
}

/**
 * Usage by disjoint class. Anthropic's `input_tokens` exclude the cache's, `output_tokens` include thinking. The tokens of
 * a compaction are billed and stand in no other count, so they are added. `null` when the provider states none.
 */
export function readUsage(wire: unknown): Usage | null {
  if (!isWireObject(wire) || (wire.input_tokens === undefined && wire.output_tokens === undefined)) {
    return null;
  }
  const iterations = Array.isArray(wire.iterations) ? wire.iterations : [];
  return iterations
    .filter((one): one is WireObject => isWireObject(one) && one.type === 'compaction')
    .map(readCounts)
    .reduce(addUsage, readCounts(wire));
}

function readCounts(wire: WireObject): Usage {
  const written = countOf(wire.cache_creation_input_tokens);
  const byLife = isWireObject(wire.cache_creation) ? wire.cache_creation : {};
  const hour = countOf(byLife.ephemeral_1h_input_tokens);
  const minutes = countOf(byLife.ephemeral_5m_input_tokens);
  const details = isWireObject(wire.output_tokens_details) ? wire.output_tokens_details : {};
  const output = countOf(wire.output_tokens);
  const reasoningTokens = Math.min(output, countOf(details.thinking_tokens));
  return {
    inputTokens: countOf(wire.input_tokens),
    cacheReadTokens: countOf(wire.cache_read_input_tokens),
    // Without a breakdown, and for what it leaves open, a write lives five minutes: Anthropic's default.
    cacheWrite5mTokens: Math.max(minutes, written - hour),
    cacheWrite1hTokens: hour,
    outputTokens: output - reasoningTokens,
    reasoningTokens,
  };
}

function addUsage(one: Usage, other: Usage): Usage {
  const sum = { ...noUsage };
  for (const name of Object.keys(noUsage) as (keyof Usage)[]) sum[name] = one[name] + other[name];
  return sum;
}
