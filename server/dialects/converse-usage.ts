import type { Usage } from '#engine/catalogue/index.ts';
import { servedAs } from './service-tier.ts';
import { countOf, isWireObject, textOf, type WireObject } from './wire-value.ts';

/**
 * Usage of Bedrock's Converse by disjoint class: `inputTokens` leave out what the cache read and wrote
 * (`inputTokens + cacheReadInputTokens + cacheWriteInputTokens + outputTokens = totalTokens`). A write whose time to live
 * is not said lives five minutes. `null` when there is none.
 *
 * @param answer What the usage stands in: `serviceTier.type` says how it was served.
 */
export function readConverseUsage(wire: unknown, answer?: WireObject): Usage | null {
  if (!isWireObject(wire)) return null;
  const input = countOf(wire.inputTokens);
  const output = countOf(wire.outputTokens);
  const read = countOf(wire.cacheReadInputTokens) || countOf(wire.cacheReadInputTokenCount);
  const written = countOf(wire.cacheWriteInputTokens) || countOf(wire.cacheWriteInputTokenCount);
  if (input + output + read + written === 0) return null;
  const details = Array.isArray(wire.cacheDetails) ? wire.cacheDetails.filter(isWireObject) : [];
  const hour = details
    .filter((one) => one.ttl === '1h')
    .reduce((sum, { inputTokens }) => sum + countOf(inputTokens), 0);
  const cacheWrite1hTokens = Math.min(written, hour);
  const tier = answer?.serviceTier;
  return {
    inputTokens: input,
    cacheReadTokens: read,
    cacheWrite5mTokens: written - cacheWrite1hTokens,
    cacheWrite1hTokens,
    outputTokens: output,
    reasoningTokens: 0,
    ...servedAs(isWireObject(tier) ? textOf(tier.type) : textOf(tier)),
  };
}
