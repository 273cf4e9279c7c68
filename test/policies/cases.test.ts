import { describe } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { compilePolicy, decide, pathText, targetsOf } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { checkNamedSignals } from '#engine/signals/index.ts';
import { type CaseAnswer, playCases } from './play-cases.ts';

describe('the engine decides the cases of every shipped policy', () => playCases(decideByEngine));

function decideByEngine(policy: Policy, named: Readonly<Record<string, unknown>>): CaseAnswer {
  const models = { catalogue: defaultCatalogue, priceBook: defaultPriceBook };
  const compiled = compilePolicy(policy, { models });
  if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
  const checked = checkNamedSignals(named);
  if (checked.kind === 'bad') throw new Error(checked.problems.join('\n'));
  const decision = decide(compiled.plan, checked.signals);
  const first = decision.attempts[0];
  return {
    path: pathText(decision.path),
    target: targetsOf(decision)[0] ?? null,
    refused: first?.kind === 'refuse' ? first.refusal.code : null,
  };
}
