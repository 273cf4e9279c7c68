import { inputClasses, outputClasses, type Usage } from '../../catalogue/index.ts';
import type { TokenFactors } from './estimator.ts';

/** Usage with its tokens as another target would count and write them, in whole tokens; calls stay as they are. */
export function scaledUsage(usage: Usage, factors: TokenFactors | null, task: number): Usage {
  if (factors === null) return usage;
  const scaled: { -readonly [N in keyof Usage]: Usage[N] } = { ...usage };
  const output = factors.output[task] ?? 1;
  for (const name of inputClasses) {
    const tokens = usage[name];
    if (tokens !== undefined) scaled[name] = Math.round(tokens * factors.input);
  }
  for (const name of outputClasses) {
    const tokens = usage[name];
    if (tokens !== undefined) scaled[name] = Math.round(tokens * output);
  }
  return scaled;
}
