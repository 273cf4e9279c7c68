import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Policy } from '#engine/policy/index.ts';
import { parsePolicy } from '#engine/policy/index.ts';

const folder = new URL('../../policies/', import.meta.url);

/** What a `*.cases.json` file holds: requests with the decision expected. */
const CasesFile = z.strictObject({
  policy: z.string(),
  cases: z
    .array(
      z.strictObject({
        name: z.string(),
        signals: z.record(z.string(), z.unknown()),
        expect: z
          .strictObject({
            path: z.string().optional(),
            /** The first target. */
            target: z.string().optional(),
            /** Code of the refusal. */
            refused: z.string().optional(),
          })
          .refine((expected) => Object.keys(expected).length > 0, 'expects nothing'),
      }),
    )
    .min(6),
});

/** What a decider answers about one case, be it the engine or the API. */
export interface CaseAnswer {
  readonly path: string;
  /** The first target; `null` when refused. */
  readonly target: string | null;
  /** Code of the refusal; `null` when there is something to try. */
  readonly refused: string | null;
}
export type DecideOne = (
  policy: Policy,
  signals: Readonly<Record<string, unknown>>,
) => CaseAnswer | Promise<CaseAnswer>;

/** Names of the policies that ship. */
export const policyNames = readdirSync(folder)
  .filter((file) => file.endsWith('.policy.json'))
  .map((file) => file.slice(0, -'.policy.json'.length));

export function policyText(name: string): string {
  return readFileSync(new URL(`${name}.policy.json`, folder), 'utf8');
}

export function readShipped(name: string): Policy {
  const parsed = parsePolicy(policyText(name));
  if (parsed.kind === 'bad') throw new Error(`${name}: ${JSON.stringify(parsed.diagnostics)}`);
  return parsed.policy;
}

/** Plays every case of every shipped policy; the engine and the API must both pass it. */
export function playCases(decideOne: DecideOne): void {
  for (const name of policyNames) {
    const file = CasesFile.parse(JSON.parse(readFileSync(new URL(`${name}.cases.json`, folder), 'utf8')));
    it.each(file.cases)(`${name}: $name`, async ({ signals, expect: expected }) => {
      const answer = await decideOne(readShipped(file.policy), signals);
      if (expected.path !== undefined) expect(answer.path).toBe(expected.path);
      if (expected.target !== undefined) expect(answer.target).toBe(expected.target);
      expect(answer.refused).toBe(expected.refused ?? null);
    });
  }
}
