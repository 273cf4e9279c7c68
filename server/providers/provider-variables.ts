import { kindFacts } from './kinds.ts';
import { type Preset, presets } from './presets.ts';

/** Every variable that says something about a provider; no other is read. */
export const providerVariables: readonly string[] = [
  ...new Set([
    ...Object.values(kindFacts).flatMap((facts) => [
      ...(facts.variable === null ? [] : [facts.variable]),
      ...facts.with,
      ...facts.also,
    ]),
    ...Object.values(presets).map(({ variable }: Preset) => variable),
  ]),
];
