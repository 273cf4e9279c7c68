import type { Policy } from '#engine/policy/index.ts';
import type { PolicySummary, PolicyUse } from '../../contract/index.ts';
import type { Configuration } from '../../store/config-store.ts';
import { newestVersion } from '../../store/policy-folder.ts';

/** Drafts that took a policy over, a line each version of it they hold; by name. */
export function usesOf(id: string, { policies }: Configuration): PolicyUse[] {
  return policies
    .flatMap(({ id: user, policy }): readonly PolicyUse[] => {
      if (user === id) return [];
      const versions = new Set(
        subpoliciesIn(policy).flatMap((one) => (one.policy === id ? [one.version] : [])),
      );
      return [...versions].map((version) => ({ policy: user, name: policy.name, version }));
    })
    .sort((left, right) => left.name.localeCompare(right.name) || (left.version ?? 0) - (right.version ?? 0));
}

/** What a published version brings where it is taken over. */
export function offersOf(policy: Policy, state: Configuration): NonNullable<PolicySummary['offers']> {
  const nodes = Object.values(policy.nodes);
  const outputs = nodes.filter((node) => node.kind === 'output' && node.to === null).length;
  return { nodes: nodes.length, outputs, contains: containedIn(policy, state) };
}

/** Policies that are in one as sub-policies, and in the newest versions of these, and so on. */
function containedIn(policy: Policy, state: Configuration): string[] {
  const found = new Set<string>();
  const waiting = subpoliciesIn(policy).map((one) => one.policy);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const next = newestVersion(state, id)?.policy;
    if (next !== undefined) waiting.push(...subpoliciesIn(next).map((one) => one.policy));
  }
  return [...found].sort();
}

function subpoliciesIn({ groups = {} }: Policy) {
  return Object.values(groups).flatMap(({ subpolicy }) => (subpolicy === undefined ? [] : [subpolicy]));
}
