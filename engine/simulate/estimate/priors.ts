import type { CatalogueModel } from '../../catalogue/index.ts';

/**
 * What is assumed where a log says nothing. Characters a token over English text, as vendors state them: OpenAI about 4
 * (its help on tokens), Google about 4 (its guide to tokens), Anthropic about 3.5 (its glossary), whose tokenizer from
 * Claude Opus 4.7 on makes 1.0 to 1.35 times as many tokens as the one before (its notes on that model: 1.15 is taken).
 * Everybody else is taken to be like OpenAI.
 */
const charactersPerToken: Readonly<Record<string, number>> = {
  'claude-v3': 3.5,
  'claude-v47': 3.5 / 1.15,
  'claude-v5': 3.5 / 1.15,
  'claude-v5-sonnet': 3.5 / 1.15,
  anthropic: 3.5,
};
const usualCharacters = 4;

/** Tokens of a model for one token of an estimate at four characters. */
export function priorPerEstimate(model: CatalogueModel | undefined): number {
  const known = charactersPerToken[model?.tokenizer ?? ''] ?? charactersPerToken[model?.family ?? ''];
  return usualCharacters / (known ?? usualCharacters);
}

/** Relative doubt about the tokens a text makes at a target: texts differ more than vendors' rules of thumb say. */
export const priorInputSigma = 0.1;
/** How far one target's answers are, in general, from the mean of all: from a quarter to four times as long (95 %). */
export const priorAnswerSigma = 0.7;
/** How far a target's answers to one task are from its answers in general. */
export const priorTaskSigma = 0.6;
/** Relative spread of single answers where none was seen. */
export const priorSpread = 0.7;

/**
 * Relative bounds (95 %) of a total carried to a target of which the log says nothing: −23 % to +30 %, measured on
 * recorded pairs of requests, input and answers together.
 */
export const foreignTokens = { low: -0.23, high: 0.3 } as const;
/** The same as a standard deviation of the logarithm, which it is nearly symmetric in. */
export const foreignSigma = Math.log(1 + foreignTokens.high) / 1.96;
/** Share of that doubt that is left where both targets count tokens alike and only the length of answers is open. */
export const alikeDoubt = 0.5;

/** A target's own history counts from so many requests on. */
export const enoughRows = 30;
/** The failures of a target are drawn towards those of all as if it had been called so many times more. */
export const failureWeight = 50;
