import type { Diagnostic, NodeId } from '../../nodes/index.ts';
import type { Policy } from '../../policy/index.ts';
import { canReach, nameOf, wayTo } from './caller-ways.ts';
import { preparedPools } from './capability-findings.ts';
import type { FindingFacts } from './findings-facts.ts';
import type { Flow } from './flow.ts';

type Caller = NonNullable<FindingFacts['regionBound']>[number];

/**
 * Targets outside the regions that a key may reach; a region nobody stated counts as outside. An error where it is
 * proved; a warning in a policy that asks for `caller.regions` itself, which is not followed here. It is enforced again
 * for every request.
 */
export function regionFindings(policy: Policy, flow: Flow, facts: FindingFacts): readonly Diagnostic[] {
  const { regionBound = [], models } = facts;
  if (regionBound.length === 0 || models === undefined) return [];
  const pools = preparedPools(policy, facts);
  const severity = asksForRegions(policy) ? 'warning' : 'error';
  const regionOf = (target: string) =>
    models.providerOf?.(target.slice(0, target.indexOf('/')))?.region ?? null;
  return flow.order.flatMap((id): readonly Diagnostic[] => {
    const node = policy.nodes[id];
    const states = flow.nodes.get(id)?.states ?? [];
    const pool = pools.get(id);
    const reached =
      node?.kind === 'model'
        ? [{ target: node.target, region: regionOf(node.target) }]
        : (pool?.candidates.filter((_, index) => pool.excluded[index] === null) ?? []);
    for (const caller of regionBound) {
      const outside = reached.find(({ region }) => region === null || !caller.regions.includes(region));
      if (outside === undefined || !canReach(states, caller)) continue;
      const field = node?.kind === 'model' ? 'target' : 'require';
      return [leaves({ node: id, field, severity }, outside, caller, wayTo(id, caller, policy, flow))];
    }
    return [];
  });
}

function leaves(
  place: { readonly node: NodeId; readonly field: string; readonly severity: 'error' | 'warning' },
  { target, region }: { readonly target: string; readonly region: string | null },
  caller: Caller,
  way: string,
): Diagnostic {
  const where = region === null ? 'in no region that is stated' : `in ${region}`;
  return {
    code: 'region_path',
    ...place,
    message: `${nameOf(caller)} may only reach ${caller.regions.join(', ')} and can get here${way}, but ${target} is ${where}.`,
    hint:
      place.field === 'require'
        ? 'Add “region” to what the pool requires, with the regions that the key may reach.'
        : 'Lead such callers elsewhere before, or state the provider’s region in the configuration.',
  };
}

function asksForRegions({ nodes }: Policy): boolean {
  return Object.values(nodes).some(
    (node) => node.kind === 'condition' && node.cases.some(({ when }) => when.includes('caller.regions')),
  );
}
