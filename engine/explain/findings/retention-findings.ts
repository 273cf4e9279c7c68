import { type Candidate, type Diagnostic, kindOf, type NodeId } from '../../nodes/index.ts';
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
    const caller = whoReaches(flow.nodes.get(id)?.states ?? [], zeroRetention);
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

type Caller = NonNullable<FindingFacts['zeroRetention']>[number];

/** The first caller of zero retention that nothing on the way keeps out. */
function whoReaches(states: States, callers: readonly Caller[]): Caller | undefined {
  return callers.find((caller) => states.some((state) => letsThrough(state, caller)));
}

function letsThrough(state: State, { team, key }: Caller): boolean {
  return (
    allows(state, 'caller.retention', 'zero') &&
    allows(state, 'caller.team', team) &&
    (key === null || allows(state, 'caller.key', key))
  );
}

function nameOf({ team, key }: Caller): string {
  return key === null ? `Team "${team}"` : `Key "${key}"`;
}

/** A shortest way from the entry that a caller can take, as text: ` (who:else > usual:1 > mini)`. */
function wayTo(end: NodeId, caller: Caller, policy: Policy, flow: Flow): string {
  const trails: { readonly at: NodeId; readonly steps: readonly string[] }[] = [];
  if (policy.entry !== null) trails.push({ at: policy.entry, steps: [] });
  const seen = new Set<NodeId>();
  for (const { at, steps } of trails) {
    const node = policy.nodes[at];
    if (at === end) return steps.length === 0 ? '' : ` (${[...steps, end].join(' > ')})`;
    if (node === undefined || seen.has(at)) continue;
    seen.add(at);
    for (const { id, to } of kindOf(node).ports(node)) {
      const states = flow.exits.get(`${at}:${id}`) ?? [];
      if (to !== null && states.some((state) => letsThrough(state, caller)))
        trails.push({ at: to, steps: [...steps, `${at}:${id}`] });
    }
  }
  return '';
}

function allows(state: State, signal: string, value: string): boolean {
  const domain: Domain | undefined = state.get(signal);
  if (domain === undefined || domain.values.kind !== 'values') return true;
  return domain.values.only === domain.values.items.has(value);
}
