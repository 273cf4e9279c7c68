import type { Candidate, Diagnostic, NodeId } from '../../nodes/index.ts';
import type { ModelFacts } from '../../plan/index.ts';
import type { Policy } from '../../policy/index.ts';
import { canReach, nameOf, wayTo } from './caller-ways.ts';
import { preparedPools } from './capability-findings.ts';
import type { FindingFacts } from './findings-facts.ts';
import type { Flow } from './flow.ts';

/**
 * Targets that may keep what callers of zero retention send. Unknown counts as keeping. It is enforced again for every
 * request; this says it when a policy is published.
 */
export function retentionFindings(policy: Policy, flow: Flow, facts: FindingFacts): readonly Diagnostic[] {
  const { zeroRetention, models } = facts;
  if (zeroRetention === undefined || models === undefined) return [];
  const pools = preparedPools(policy, facts);
  return flow.order.flatMap((id): readonly Diagnostic[] => {
    const node = policy.nodes[id];
    const states = flow.nodes.get(id)?.states ?? [];
    const caller = zeroRetention
      .map((one) => ({ ...one, retention: 'zero' as const }))
      .find((one) => canReach(states, one));
    if (caller === undefined || node === undefined) return [];
    const who = { name: nameOf(caller), way: wayTo(id, caller, policy, flow) };
    if (node.kind === 'model')
      return retentionOf(node.target, models) === 'zero' ? [] : [mayRetain(id, 'target', node.target, who)];
    const pool = pools.get(id);
    const keeps = pool?.candidates.find(
      (one, index) => pool.excluded[index] === null && one.retention !== 'zero',
    );
    return keeps === undefined ? [] : [mayRetain(id, 'require', keeps.target, who)];
  });
}

interface Who {
  readonly name: string;
  /** How the caller gets there; empty where the policy begins there. */
  readonly way: string;
}

function mayRetain(node: NodeId, field: string, target: string, { name, way }: Who): Diagnostic {
  return {
    code: 'retention_path',
    severity: 'error',
    node,
    field,
    message: `${name} asks for zero retention and can get here${way}, but ${target} is not known to keep nothing.`,
    hint:
      field === 'require'
        ? 'Add “retention” to what the pool requires.'
        : 'Lead such callers elsewhere before, or state the provider’s retention in the configuration.',
  };
}

/** What the configuration says of the provider outweighs the catalogue. */
export function retentionOf(target: string, { catalogue, providerOf }: ModelFacts): Candidate['retention'] {
  const place = providerOf?.(target.slice(0, target.indexOf('/')));
  if (place !== undefined && place.retention !== 'unknown') return place.retention;
  return catalogue.find(target)?.retention ?? 'unknown';
}
