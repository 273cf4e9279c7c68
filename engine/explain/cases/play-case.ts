import { decide, type Plan, pathText, targetsOf } from '../../plan/index.ts';
import { checkNamedSignals } from '../../signals/index.ts';
import type { PolicyCase } from './policy-case.ts';

/** What a plan decides for a case, and whether that is what the case expects. */
export type PlayedCase =
  | {
      readonly kind: 'played';
      readonly name: string;
      readonly passed: boolean;
      readonly path: string;
      /** The first target; empty when refused. */
      readonly target: string;
      /** Code of the refusal; empty when there is something to try. */
      readonly refused: string;
      /** What differs, as sentences; empty when it passed. */
      readonly differences: readonly string[];
    }
  /** Its signals are not what the registry declares. */
  | { readonly kind: 'unreadable'; readonly name: string; readonly problems: readonly string[] };

/** Decides a case under a plan. Pure; live state that the case does not state is unknown. */
export function playCase(plan: Plan, { name, signals, expect }: PolicyCase): PlayedCase {
  const checked = checkNamedSignals(signals);
  if (checked.kind === 'bad') return { kind: 'unreadable', name, problems: checked.problems };
  const decision = decide(plan, checked.signals);
  const [first] = decision.attempts;
  const came = {
    path: pathText(decision.path),
    target: targetsOf(decision)[0] ?? '',
    refused: first?.kind === 'refuse' ? first.refusal.code : '',
  };
  const differences = (['path', 'target', 'refused'] as const).flatMap((field) => {
    const wanted = expect[field];
    if (wanted === undefined || wanted === came[field]) return [];
    return [`${words[field]} is ${came[field] || 'none'}, expected ${wanted || 'none'}.`];
  });
  return { kind: 'played', name, passed: differences.length === 0, ...came, differences };
}

const words = { path: 'The path', target: 'The first target', refused: 'The refusal' } as const;
