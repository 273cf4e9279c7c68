import { addUsage, type Usage } from '#engine/catalogue/index.ts';
import { given } from '../openai-usage.ts';
import { servedAs } from '../service-tier.ts';
import { countOf, isWireObject, textOf, type WireObject } from '../wire-value.ts';

/**
 * What `message_start` said, with what `message_delta` says later put in its place: never added, since its counts are
 * totals of the whole message. What the later object leaves out stays.
 */
export function mergeUsage(earlier: WireObject, later: WireObject): WireObject {
  const merged: Record<string, unknown> = { ...earlier };
  for (const [key, value] of Object.entries(later))
    if (value !== null && value !== undefined) merged[key] = value;
  return merged;
}

/**
 * Usage by disjoint class, over all iterations of a call. Anthropic's `input_tokens` exclude the cache's,
 * `output_tokens` include thinking. `null` when the provider states none.
 *
 * The counts at the top are the sum of the `message` iterations; where they state less (a server that gives only one of
 * them), the iterations count. Compactions stand in no other count and are billed, so they are added. Tokens of another
 * model (an advisor, the fallback that served) are counted too, but no one price fits: the tier `other-model` has none.
 */
export function readUsage(wire: unknown): Usage | null {
  if (!isWireObject(wire) || (wire.input_tokens === undefined && wire.output_tokens === undefined)) {
    return null;
  }
  const iterations = Array.isArray(wire.iterations) ? wire.iterations.filter(isWireObject) : [];
  const ofType = (type: string) => iterations.filter((one) => one.type === type).map(readCounts);
  const fallbacks = ofType('fallback_message');
  const advice = ofType('advisor_message');
  // Where a fallback served, the attempts before it were declined and are not billed.
  const messages = fallbacks.length > 0 ? [] : ofType('message');
  const answered = largerOf(readCounts(wire), messages);
  const total = [...ofType('compaction'), ...advice].reduce(addUsage, answered);
  const tools = isWireObject(wire.server_tool_use) ? wire.server_tool_use : {};
  const tier = textOf(wire.speed) === 'fast' ? 'fast' : wire.service_tier;
  return {
    ...total,
    ...given({ webSearchCalls: countOf(tools.web_search_requests) }),
    ...servedAs(fallbacks.length + advice.length > 0 ? 'other-model' : tier, regionOf(wire.inference_geo)),
  };
}

function largerOf(top: Usage, messages: readonly Usage[]): Usage {
  const [first, ...rest] = messages;
  if (first === undefined) return top;
  const sum = rest.reduce(addUsage, first);
  return tokensOf(sum) > tokensOf(top) ? sum : top;
}

function tokensOf(usage: Usage): number {
  return (
    usage.inputTokens +
    usage.cacheReadTokens +
    usage.cacheWrite5mTokens +
    usage.cacheWrite1hTokens +
    usage.outputTokens +
    usage.reasoningTokens
  );
}

/** Inference that is promised to stay somewhere costs more; `global` and `not_available` are no promise. */
function regionOf(geo: unknown): string {
  const told = textOf(geo).toLowerCase();
  return told === 'global' || told === 'not_available' ? '' : told.slice(0, 32);
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
