import type { Usage } from '#engine/catalogue/index.ts';
import { given } from '../openai-usage.ts';
import { servedAs } from '../service-tier.ts';
import { countOf, isWireObject, textOf, type WireObject } from '../wire-value.ts';

/**
 * Usage by disjoint class. `promptTokenCount` includes what was read from the cache; what tools put into the prompt and
 * what was thought stand in counts of their own (`promptTokenCount + candidatesTokenCount + toolUsePromptTokenCount +
 * thoughtsTokenCount = totalTokenCount`). Video and documents stand with the text, which costs the same. `null` when the
 * provider states none.
 *
 * @param answer What the usage stands in: it holds the searches that Google made.
 */
export function readUsage(wire: unknown, answer?: WireObject): Usage | null {
  if (!isWireObject(wire)) return null;
  const prompt = countOf(wire.promptTokenCount);
  const output = countOf(wire.candidatesTokenCount);
  const thought = countOf(wire.thoughtsTokenCount);
  const byTools = countOf(wire.toolUsePromptTokenCount);
  if (prompt + output + thought + byTools === 0) return null;
  return {
    ...splitInput(wire, prompt, byTools),
    ...splitOutput(wire, output),
    reasoningTokens: thought,
    ...given({ webSearchCalls: searchesIn(answer) }),
    ...servedAs(textOf(wire.serviceTier) || textOf(wire.trafficType) || textOf(answer?.serviceTier)),
  };
}

function splitInput(wire: WireObject, prompt: number, byTools: number) {
  const cached = Math.min(prompt, countOf(wire.cachedContentTokenCount));
  const audioCacheReadTokens = Math.min(cached, ofModality(wire.cacheTokensDetails, 'AUDIO'));
  const cachedImages = ofModality(wire.cacheTokensDetails, 'IMAGE');
  const fresh = prompt - cached;
  const audioInputTokens = Math.min(
    fresh,
    Math.max(0, ofModality(wire.promptTokensDetails, 'AUDIO') - audioCacheReadTokens),
  );
  const imageInputTokens = Math.min(
    fresh - audioInputTokens,
    Math.max(0, ofModality(wire.promptTokensDetails, 'IMAGE') - cachedImages),
  );
  return {
    inputTokens: fresh - audioInputTokens - imageInputTokens + byTools,
    cacheReadTokens: cached - audioCacheReadTokens,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    ...given({ audioInputTokens, audioCacheReadTokens, imageInputTokens }),
  };
}

function splitOutput(wire: WireObject, output: number) {
  const audioOutputTokens = Math.min(output, ofModality(wire.candidatesTokensDetails, 'AUDIO'));
  const imageOutputTokens = Math.min(
    output - audioOutputTokens,
    ofModality(wire.candidatesTokensDetails, 'IMAGE'),
  );
  return {
    outputTokens: output - audioOutputTokens - imageOutputTokens,
    ...given({ audioOutputTokens, imageOutputTokens }),
  };
}

function ofModality(details: unknown, modality: string): number {
  if (!Array.isArray(details)) return 0;
  return details
    .filter(isWireObject)
    .filter((one) => one.modality === modality)
    .reduce((sum, { tokenCount }) => sum + countOf(tokenCount), 0);
}

/** Gemini 3 and later are billed by the search, earlier models by the answer that was grounded. */
function searchesIn(answer: WireObject | undefined): number {
  const candidates = Array.isArray(answer?.candidates) ? answer.candidates.filter(isWireObject) : [];
  const searches = candidates.reduce((sum, { groundingMetadata: found }) => {
    const queries =
      isWireObject(found) && Array.isArray(found.webSearchQueries) ? found.webSearchQueries : [];
    return sum + queries.length;
  }, 0);
  return /gemini-[12]\b/.test(textOf(answer?.modelVersion)) ? Math.min(1, searches) : searches;
}

/** The usage of a stream after one more chunk: its counts are totals, but only one chunk names the searches. */
export function laterUsage(earlier: Usage | null, later: Usage | null): Usage | null {
  if (later === null || earlier?.webSearchCalls === undefined) return later ?? earlier;
  return { ...later, webSearchCalls: Math.max(earlier.webSearchCalls, later.webSearchCalls ?? 0) };
}
