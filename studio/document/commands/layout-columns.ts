import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import type { Link } from './layout-flow.ts';

/** Edges between what is drawn; those inside one thing are none. */
export function linksBetween(policy: Policy, stands: ReadonlyMap<NodeId, string>): readonly Link[] {
  return edgesOf(policy).flatMap((edge) => {
    const from = stands.get(edge.from) ?? edge.from;
    const to = stands.get(edge.to) ?? edge.to;
    return from === to || !Object.hasOwn(policy.nodes, edge.to) ? [] : [{ from, to }];
  });
}

/** The links without those that close a circle on the way through everything in this order. */
export function forwardLinks(ids: readonly string[], links: readonly Link[]): readonly Link[] {
  const behind = linksBehind(links);
  const state = new Map<string, 'open' | 'done'>();
  const kept: Link[] = [];
  const visit = (id: string): void => {
    state.set(id, 'open');
    for (const link of behind.get(id) ?? []) {
      if (state.get(link.to) === 'open') continue;
      kept.push(link);
      if (!state.has(link.to)) visit(link.to);
    }
    state.set(id, 'done');
  };
  for (const id of ids) if (!state.has(id)) visit(id);
  return kept;
}

/**
 * Moves the members of each group to later columns, up to the column of its last and as far as what they lead to lets
 * them, so that a frame spans no more columns than it must. Links have to lead forward, and still do afterwards.
 */
export function gathered(
  columns: ReadonlyMap<string, number>,
  links: readonly Link[],
  groups: readonly (readonly string[])[],
): ReadonlyMap<string, number> {
  const now = new Map(columns);
  const behind = linksBehind(links);
  const at = (id: string): number => now.get(id) ?? 0;
  for (let hasMoved = true; hasMoved; ) {
    hasMoved = false;
    for (const members of groups) {
      const last = Math.max(...members.map(at));
      for (const id of members.toSorted((one, other) => at(other) - at(one))) {
        const latest = Math.min(last, ...(behind.get(id) ?? []).map(({ to }) => at(to) - 1));
        if (latest <= at(id)) continue;
        now.set(id, latest);
        hasMoved = true;
      }
    }
  }
  return now;
}

function linksBehind(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const behind = new Map<string, Link[]>();
  for (const link of links) behind.set(link.from, [...(behind.get(link.from) ?? []), link]);
  return behind;
}
