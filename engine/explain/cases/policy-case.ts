import { z } from 'zod';

/** One request by its signals, and what a policy should decide for it. Signals left out are unknown. */
export const PolicyCase = z.strictObject({
  name: z.string().min(1).max(200),
  signals: z.record(z.string(), z.unknown()),
  expect: z
    .strictObject({
      /** The path as text, `task:code>strong:1>opus`. */
      path: z.string().optional(),
      /** The first target. */
      target: z.string().optional(),
      /** Code of the refusal. */
      refused: z.string().optional(),
    })
    .refine(
      (expected) => Object.values(expected).some((value) => value !== undefined),
      'expects nothing: state "path", "target" or "refused"',
    ),
});
export type PolicyCase = Readonly<z.output<typeof PolicyCase>>;

/** What a `<policy>.cases.json` file holds. */
export const CasesFile = z.strictObject({ policy: z.string(), cases: z.array(PolicyCase).max(1_000) });
export type CasesFile = Readonly<z.output<typeof CasesFile>>;
