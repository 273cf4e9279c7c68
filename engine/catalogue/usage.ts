import { z } from 'zod';

const Count = z.int().nonnegative();

/**
 * What one call used, by disjoint class: the token classes add up to the provider's total, calls of tools that the
 * provider runs are counted beside them. The first six are always stated; what else is left out is none.
 */
export const Usage = z.strictObject({
  /** Text (and whatever has no class of its own) that came fresh: neither read from nor written to a cache. */
  inputTokens: Count,
  cacheReadTokens: Count,
  cacheWrite5mTokens: Count,
  cacheWrite1hTokens: Count,
  /** Without reasoning, audio and images. */
  outputTokens: Count,
  reasoningTokens: Count,
  audioInputTokens: Count.optional(),
  /** Audio read from a cache; in no other class. */
  audioCacheReadTokens: Count.optional(),
  imageInputTokens: Count.optional(),
  audioOutputTokens: Count.optional(),
  imageOutputTokens: Count.optional(),
  webSearchCalls: Count.optional(),
  fileSearchCalls: Count.optional(),
  codeExecutionCalls: Count.optional(),
  /** Searches of a social network (xAI's `x_search`). */
  socialSearchCalls: Count.optional(),
  /** How the provider says it served: `batch`, `flex`, `priority`, …; left out: the standard way. */
  serviceTier: z.string().min(1).optional(),
  /** Where the provider promises that inference took place; left out: anywhere. */
  region: z.string().min(1).optional(),
});
export type Usage = Readonly<z.output<typeof Usage>>;

export const noUsage: Usage = Object.freeze({
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
});

/** Token classes that are input; they decide the tier of a price. */
export const inputClasses = [
  'inputTokens',
  'cacheReadTokens',
  'cacheWrite5mTokens',
  'cacheWrite1hTokens',
  'audioInputTokens',
  'audioCacheReadTokens',
  'imageInputTokens',
] as const;
export const outputClasses = [
  'outputTokens',
  'reasoningTokens',
  'audioOutputTokens',
  'imageOutputTokens',
] as const;
export const tokenClasses = [...inputClasses, ...outputClasses] as const;
export type TokenClass = (typeof tokenClasses)[number];

/** Tools that run at the provider and are billed by the call. */
export const callClasses = [
  'webSearchCalls',
  'fileSearchCalls',
  'codeExecutionCalls',
  'socialSearchCalls',
] as const;
export type CallClass = (typeof callClasses)[number];

export const usageClasses = [...tokenClasses, ...callClasses] as const;

export function totalInputTokens(usage: Usage): number {
  return sumOf(usage, inputClasses);
}

export function totalOutputTokens(usage: Usage): number {
  return sumOf(usage, outputClasses);
}

export function totalTokens(usage: Usage): number {
  return totalInputTokens(usage) + totalOutputTokens(usage);
}

function sumOf(usage: Usage, classes: readonly TokenClass[]): number {
  let sum = 0;
  for (const name of classes) sum += usage[name] ?? 0;
  return sum;
}

/** Two usages as one, class by class; how and where they were served is the first one's. */
export function addUsage(one: Usage, other: Usage): Usage {
  const sum: { -readonly [N in keyof Usage]: Usage[N] } = { ...one };
  for (const name of usageClasses) {
    const more = other[name] ?? 0;
    if (more > 0) sum[name] = (sum[name] ?? 0) + more;
  }
  return sum;
}
