import type { Usage } from '#engine/catalogue/index.ts';
import { given, servedIn, splitCounts, toolCallsIn } from '../openai-usage.ts';
import { countOf, isWireObject, textOf, type WireObject } from '../wire-value.ts';

/**
 * Usage by disjoint class. `input_tokens` include what was read from and written to the cache, `output_tokens` the
 * reasoning. Calls of the provider's tools are counted from the answer's items. `null` when the provider states none.
 *
 * @param answer The response the usage stands in.
 */
export function readUsage(wire: unknown, answer?: WireObject): Usage | null {
  if (!isWireObject(wire)) return null;
  const input = countOf(wire.input_tokens);
  const output = countOf(wire.output_tokens);
  if (input === 0 && output === 0) return null;
  return {
    ...splitCounts({
      input,
      output,
      total: countOf(wire.total_tokens),
      inputDetails: wire.input_tokens_details,
      outputDetails: wire.output_tokens_details,
    }),
    ...callsIn(answer?.output),
    ...toolCallsIn(wire),
    ...servedIn(answer),
  };
}

/**
 * OpenAI bills web searches (not the pages opened after them), file searches, and one container for all code that a
 * response runs in it.
 */
function callsIn(output: unknown): Partial<Usage> {
  const items = Array.isArray(output) ? output.filter(isWireObject) : [];
  const ofType = (type: string) => items.filter((item) => item.type === type);
  const searches = ofType('web_search_call').filter(
    ({ action }) => !isWireObject(action) || isSearch(action),
  );
  return given({
    webSearchCalls: searches.length,
    fileSearchCalls: ofType('file_search_call').length,
    codeExecutionCalls: new Set(
      ofType('code_interpreter_call').map((item) => textOf(item.container_id) || textOf(item.id)),
    ).size,
  });
}

function isSearch({ type }: WireObject): boolean {
  return type === undefined || type === 'search';
}
