import { z } from 'zod';
import type { Parameters } from './compiled-node.ts';

/** `provider/model`, as the catalogue and the configured providers name it. */
export const targetPattern = /^[a-z0-9][a-z0-9_-]*\/[A-Za-z0-9][A-Za-z0-9._:@/-]*$/;

/** A target that is called. */
export const Target = z.string().regex(targetPattern, 'must be provider/model, such as openai/gpt-5-mini');

/** Settings of a call that a policy may cap or replace. */
export const ParametersSetting = z.strictObject({
  max_output_tokens: z.number().int().min(1).max(10_000_000).optional(),
  temperature: z.number().min(0).max(2).optional(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
});

/** The same without keys that hold nothing. */
export function parametersOf(setting: z.output<typeof ParametersSetting> | undefined): Parameters {
  const stated = Object.entries(setting ?? {}).filter(([, value]) => value !== undefined);
  return Object.freeze(Object.fromEntries(stated));
}
