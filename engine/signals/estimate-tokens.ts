import type { NeutralMessage, NeutralRequest } from './intake.ts';

/**
 * Characters per token of current vocabularies over English and code, as a prior. The provider's own count
 * replaces it in the record once the answer is in; conditions see this estimate, since it is all there is before the call.
 */
const charactersPerToken = 4;
const tokensPerMessage = 4;
/** A 1,024 × 1,024 picture costs 765 (OpenAI) to 1,600 (Anthropic) tokens. */
const tokensPerImage = 1_000;

/** Estimated tokens of a text: ASCII at four characters a token, other scripts at one and a half. */
export function estimateTextTokens(text: string): number {
  let wide = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x2ff) wide += 1;
  }
  return Math.ceil((text.length - wide) / charactersPerToken + wide / 1.5);
}

/** Estimated tokens of one message: its text, its images and what frames it. */
export function estimateMessageTokens({ text, images }: NeutralMessage): number {
  return tokensPerMessage + estimateTextTokens(text) + images * tokensPerImage;
}

/** Estimated tokens of the tool definitions. */
export function estimateToolTokens({ toolCharacters }: NeutralRequest): number {
  return Math.ceil(toolCharacters / charactersPerToken);
}

/** Estimated input tokens of a whole request: messages, images, tool definitions, and tokens the client counted. */
export function estimateInputTokens(request: NeutralRequest): number {
  return request.messages.reduce(
    (sum, message) => sum + estimateMessageTokens(message),
    estimateToolTokens(request) + (request.countedTokens ?? 0),
  );
}
