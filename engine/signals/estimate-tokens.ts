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
  const wide = wideIn(text);
  return Math.ceil((text.length - wide) / charactersPerToken + wide / 1.5);
}

const wideCharacter = /[\u0300-\uffff]/;
/** Longer texts are sampled: parts of this many characters, this many of them. */
const exactUpTo = 2_048;
const sampleCharacters = 32;
const samples = 16;

/** Characters of other scripts: counted, in long texts estimated. No character is looked at where the machine stores none. */
function wideIn(text: string): number {
  if (!wideCharacter.test(text)) return 0;
  if (text.length <= exactUpTo) return countWide(text, 0, text.length);
  const step = Math.floor((text.length - sampleCharacters) / (samples - 1));
  let wide = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    wide += countWide(text, sample * step, sample * step + sampleCharacters);
  }
  return Math.round((wide * text.length) / (samples * sampleCharacters));
}

function countWide(text: string, from: number, to: number): number {
  let wide = 0;
  for (let index = from; index < to; index += 1) {
    if (text.charCodeAt(index) > 0x2ff) wide += 1;
  }
  return wide;
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
