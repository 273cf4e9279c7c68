import { costOf, defaultPriceBook, priceOf, type Usage } from '#engine/catalogue/index.ts';
import { readUsage as readGenerate } from '#server/dialects/google-generate/read-usage.ts';
import { readUsage as readChat } from '#server/dialects/openai-chat/read-usage.ts';
import { readUsage as readResponse } from '#server/dialects/openai-responses/read-usage.ts';
import type { WireObject } from '#server/dialects/wire-value.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');

/** What a call costs by the price book, at noon of its day unless told otherwise, in nano-dollars. */
export function nano(usage: Usage | null, target: string, at = noon): number | 'unpriced' {
  if (usage === null) throw new Error('No usage was read');
  return costOf(usage, priceOf(defaultPriceBook, target), at);
}

/** The usage that an answer of Chat Completions, Responses or Gemini states. */
export const chat = (answer: WireObject) => readChat(answer.usage, answer);

export const response = (answer: WireObject) => readResponse(answer.usage, answer);

export const generate = (answer: WireObject) => readGenerate(answer.usageMetadata, answer);
