import type { Usage } from '#engine/catalogue/index.ts';
import { servedAs } from './service-tier.ts';
import { countOf, isWireObject, type WireObject } from './wire-value.ts';

/** What OpenAI's dialects count, by their own names. */
export interface OpenAiCounts {
  /** With what the cache read and wrote. */
  readonly input: number;
  /** With reasoning, at most servers. */
  readonly output: number;
  /** 0 where the server states none. */
  readonly total: number;
  readonly inputDetails: unknown;
  readonly outputDetails: unknown;
}

/**
 * OpenAI's counts by disjoint class. Whatever the details say, the classes add up to input + output, or to the total
 * where that is more: servers that count reasoning beside the output (xAI, Gemini's OpenAI door) are told by it. OpenAI
 * has one sort of cache write, so it stands with the shorter-lived ones. Cached tokens are text unless the server says.
 */
export function splitCounts({ input, output, total, ...details }: OpenAiCounts): Usage {
  const { inputDetails, outputDetails } = details;
  return {
    ...splitInput(input, isWireObject(inputDetails) ? inputDetails : {}),
    ...splitOutput(
      output,
      Math.max(0, total - input - output),
      isWireObject(outputDetails) ? outputDetails : {},
    ),
  };
}

function splitInput(input: number, details: WireObject) {
  const rest = { left: input };
  const cached = take(rest, details.cached_tokens);
  const cachedKinds = isWireObject(details.cached_tokens_details) ? details.cached_tokens_details : {};
  const audioCacheReadTokens = Math.min(cached, countOf(cachedKinds.audio_tokens));
  const cacheWrite5mTokens = take(rest, details.cache_write_tokens);
  const audioInputTokens = take(rest, Math.max(0, countOf(details.audio_tokens) - audioCacheReadTokens));
  const imageInputTokens = take(rest, details.image_tokens);
  return {
    inputTokens: rest.left,
    cacheReadTokens: cached - audioCacheReadTokens,
    cacheWrite5mTokens,
    cacheWrite1hTokens: 0,
    ...given({ audioInputTokens, audioCacheReadTokens, imageInputTokens }),
  };
}

function splitOutput(output: number, beside: number, details: WireObject) {
  const rest = { left: output };
  const within = take(rest, Math.max(0, countOf(details.reasoning_tokens) - beside));
  const audioOutputTokens = take(rest, details.audio_tokens);
  const imageOutputTokens = take(rest, details.image_tokens);
  return {
    outputTokens: rest.left,
    reasoningTokens: within + beside,
    ...given({ audioOutputTokens, imageOutputTokens }),
  };
}

/** Takes a count off what is left, as far as there is any. */
function take(rest: { left: number }, told: unknown): number {
  const count = Math.min(rest.left, countOf(told));
  rest.left -= count;
  return count;
}

/** The classes that occur. */
export function given<T extends Readonly<Record<string, number>>>(classes: T): Partial<T> {
  return Object.fromEntries(Object.entries(classes).filter(([, count]) => count > 0)) as Partial<T>;
}

/** xAI counts the calls of its own tools in the usage, OpenRouter its searches. */
export function toolCallsIn(usage: WireObject): Partial<Usage> {
  const xai = isWireObject(usage.server_side_tool_usage_details) ? usage.server_side_tool_usage_details : {};
  const openRouter = isWireObject(usage.server_tool_use) ? usage.server_tool_use : {};
  return given({
    webSearchCalls: countOf(xai.web_search_calls) || countOf(openRouter.web_search_requests),
    socialSearchCalls: countOf(xai.x_search_calls),
    fileSearchCalls: countOf(xai.file_search_calls) + countOf(xai.document_search_calls),
    codeExecutionCalls: countOf(xai.code_interpreter_calls),
  });
}

/** How an answer says it was served. */
export function servedIn(answer: WireObject | undefined): Partial<Usage> {
  return servedAs(answer?.service_tier);
}
