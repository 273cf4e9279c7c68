import { kindOf, type NodeId } from '../../nodes/index.ts';
import type { Policy } from '../../policy/index.ts';
import type { Domain } from './domain.ts';
import type { Flow } from './flow.ts';
import type { State, States } from './state.ts';

/** Somebody who asks, as far as a policy can tell them apart; `key` is `null` for a whole team. */
export interface KnownCaller {
  readonly team: string;
  readonly key: string | null;
  readonly retention: 'zero' | 'retains';
}

/** Whether nothing on the way to a node keeps a caller out. */
export function canReach(states: States, caller: KnownCaller): boolean {
  return states.some((state) => letsThrough(state, caller));
}

function letsThrough(state: State, { team, key, retention }: KnownCaller): boolean {
  return (
    allows(state, 'caller.retention', retention) &&
    allows(state, 'caller.team', team) &&
    (key === null || allows(state, 'caller.key', key))
  );
}

export function nameOf({ team, key }: KnownCaller): string {
  return key === null ? `Team "${team}"` : `Key "${key}"`;
}

/** A shortest way from the entry that a caller can take, as text: ` (who:else > usual:1 > mini)`. */
export function wayTo(end: NodeId, caller: KnownCaller, policy: Policy, flow: Flow): string {
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
      if (to !== null && canReach(states, caller)) trails.push({ at: to, steps: [...steps, `${at}:${id}`] });
    }
  }
  return '';
}

function allows(state: State, signal: string, value: string): boolean {
  const domain: Domain | undefined = state.get(signal);
  if (domain === undefined || domain.values.kind !== 'values') return true;
  return domain.values.only === domain.values.items.has(value);
}
