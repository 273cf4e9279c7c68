/** What spend can be cut by. `model` is a target (`openai/gpt-5`), `version` a policy with its version (`support@3`). */
export const usageDimensions = [
  'team',
  'project',
  'key',
  'user',
  'tag',
  'model',
  'provider',
  'task',
  'difficulty',
  'policy',
  'version',
  'purpose',
  'origin',
] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/**
 * What a call was made for: `answer`, an attempt at an answer that failed (`failed_attempt`), or help with one. A request
 * that made no call stands at `answer`.
 */
export const usagePurposes = ['answer', 'failed_attempt', 'classifier', 'judge'] as const;
export type UsagePurpose = (typeof usagePurposes)[number];

/** Whose money it is: a provider's bill, the sandbox's pretended one, or the generated sample. */
export const usageOrigins = ['real', 'sandbox', 'sample'] as const;
export type UsageOrigin = (typeof usageOrigins)[number];

/** Buckets of time. Hours are UTC hours; days, weeks (from Monday) and months are those of the zone. */
export const usageGrains = ['hour', 'day', 'week', 'month'] as const;
export type UsageGrain = (typeof usageGrains)[number];
