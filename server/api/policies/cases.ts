import { playCase } from '#engine/explain/cases/play-case.ts';
import type { PolicyCase } from '#engine/explain/cases/policy-case.ts';
import { compilePolicy } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { modelFactsOf } from '../../catalogue/model-facts.ts';
import type { CaseResult, calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { StoredCases } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { findPolicy } from './policies.ts';

export const readCases: Handler<typeof calls.readCases> = ({ params: { id } }, installation) => {
  const { policy } = findPolicy(installation.store.read(), id);
  const stored = storedCases(id, installation);
  const cases = [...(stored?.cases ?? [])];
  return { cases, revision: stored?.revision ?? 0, results: playCases(policy, cases, installation) };
};

export const writeCases: Handler<typeof calls.writeCases> = async (
  { params: { id }, body: { cases, revision }, actor },
  installation,
) => {
  const { store, clock } = installation;
  const before = storedCases(id, installation)?.cases ?? [];
  await store.update(
    { actor, action: 'cases.write', subject: id, before: namesOf(before), after: namesOf(cases) },
    (state) => {
      findPolicy(state, id);
      const there = state.cases.find(({ policyId }) => policyId === id);
      const now = there?.revision ?? 0;
      if (now !== revision) {
        throw new ApiFailure(
          409,
          'revision_conflict',
          `Somebody saved the cases of "${id}" in the meantime: they are at revision ${now} now.`,
          { revision: now },
        );
      }
      const updatedAt = new Date(clock()).toISOString();
      const written: StoredCases = { policyId: id, cases, revision: now + 1, updatedAt, updatedBy: actor };
      return { ...state, cases: [...state.cases.filter((one) => one !== there), written] };
    },
  );
  const { policy } = findPolicy(store.read(), id);
  return { cases, revision: revision + 1, results: playCases(policy, cases, installation) };
};

function storedCases(id: string, { store }: Installation): StoredCases | undefined {
  return store.read().cases.find(({ policyId }) => policyId === id);
}

function namesOf(cases: readonly PolicyCase[]): readonly string[] {
  return cases.map(({ name }) => name);
}

/** How cases come out under a policy; nothing where it does not compile, which its diagnostics say. */
export function playCases(
  policy: Policy,
  cases: readonly PolicyCase[],
  installation: Installation,
): CaseResult[] {
  const compiled = compilePolicy(policy, { models: modelFactsOf(installation) });
  if (compiled.kind === 'bad') return [];
  return cases.map((one): CaseResult => {
    const played = playCase(compiled.plan, one);
    if (played.kind === 'unreadable') {
      const nothing = { path: '', target: '', refused: '' };
      return { name: played.name, passed: false, ...nothing, differences: [...played.problems] };
    }
    const { kind: _, differences, ...rest } = played;
    return { ...rest, differences: [...differences] };
  });
}
