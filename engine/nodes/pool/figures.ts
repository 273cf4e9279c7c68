import type { Candidate, CandidateRates } from './candidate.ts';
import type { Demand } from './demand.ts';

/** Where only one half of a speed is known, the other is taken for this. */
const typicalFirstTokenMs = 1_000;
const typicalTokensPerSecond = 50;

/** Tokens of the input that a candidate should still hold in its prompt cache. */
export function warmTokensAt({ target }: Candidate, { warmTarget, warmTokens }: Demand): number {
  return warmTarget === target ? warmTokens : 0;
}

/** Pico-dollars: input that the cache holds at its read rate, the rest at the input rate, the expected answer. */
export function expectedCost({ rates }: Candidate, warmTokens: number, demand: Demand): number {
  if (rates === null) return Number.NaN;
  const { inputTokens, outputTokens } = demand;
  const { input, cacheRead, output } = ratesFor(rates, inputTokens);
  return (inputTokens - warmTokens) * input + warmTokens * cacheRead + outputTokens * output;
}

/** The rates of the highest threshold that the input exceeds. */
export function ratesFor(rates: readonly CandidateRates[], inputTokens: number): CandidateRates {
  let found = rates[0] as CandidateRates;
  for (let index = 1; index < rates.length; index += 1) {
    const higher = rates[index] as CandidateRates;
    if (inputTokens > higher.aboveInputTokens) found = higher;
  }
  return found;
}

/** Time to the last token, ms; `NaN` where neither half is known. */
export function expectedLatency(firstTokenMs: number, tokensPerSecond: number, outputTokens: number): number {
  if (Number.isNaN(firstTokenMs) && Number.isNaN(tokensPerSecond)) return Number.NaN;
  const first = Number.isNaN(firstTokenMs) ? typicalFirstTokenMs : firstTokenMs;
  const rate = Number.isNaN(tokensPerSecond) ? typicalTokensPerSecond : tokensPerSecond;
  return first + (1_000 * outputTokens) / Math.max(rate, 0.1);
}

/** An answer as long as the client allows must fit as well, or as long as the model can write. */
export function hasRoom({ context, maxOutput }: Candidate, { inputRoom, outputRoom }: Demand): boolean {
  if (context === null) return true;
  return inputRoom + Math.min(outputRoom, maxOutput ?? outputRoom) <= context;
}
