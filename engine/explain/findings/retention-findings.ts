import type { Candidate, Diagnostic, NodeId } from '../../nodes/index.ts';
import type { ModelFacts } from '../../plan/index.ts';
import type { Policy } from '../../policy/index.ts';
import { preparedPools } from './capability-findings.ts';
import type { Domain } from './domain.ts';
import type { FindingFacts } from './findings-facts.ts';
import type { Flow } from './flow.ts';
import type { State, States } from './state.ts';

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
    const who = whoReaches(flow.nodes.get(id)?.states ?? [], zeroRetention);
    if (who === undefined || node === undefined) return [];
    if (node.kind === 'model')
      return retentionOf(node.target, models) === 'zero' ? [] : [mayRetain(id, 'target', node.target, who)];
    const pool = pools.get(id);
    const keeps = pool?.candidates.find(
      (one, index) => pool.excluded[index] === null && one.retention !== 'zero',
    );
    return keeps === undefined ? [] : [mayRetain(id, 'require', keeps.target, who)];
  });
}

function mayRetain(node: NodeId, field: string, target: string, who: string): Diagnostic {
  return {
    code: 'retention_path',
    severity: 'error',
    node,
    field,
    message: `${who} asks for zero retention and can get here, but ${target} is not known to keep nothing.`,
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

/** The first caller of zero retention that nothing on the way keeps out. */
function whoReaches(states: States, callers: NonNullable<FindingFacts['zeroRetention']>): string | undefined {
  const found = callers.find(({ team, key }) =>
    states.some(
      (state) => allows(state, 'caller.team', team) && (key === null || allows(state, 'caller.key', key)),
    ),
  );
  if (found === undefined) return undefined;
  return found.key === null ? `Team "${found.team}"` : `Key "${found.key}"`;
}

function allows(state: State, signal: string, value: string): boolean {
  const domain: Domain | undefined = state.get(signal);
  if (domain === undefined || domain.values.kind !== 'values') return true;
  return domain.values.only === domain.values.items.has(value);
}
