import type { NodeId } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { type Exit, exitsOf } from './commands/index.ts';
import { type MarkId, marksOf } from './marks.ts';

/** A line of the outline: a node under the exit that leads to it, or an exit that leads nowhere yet. */
export interface OutlineRow {
  /** `node:port` of the exit that leads here, `@node` where none does. */
  readonly key: string;
  /** `again`: the node stands further up, with what lies behind it. `open`: nothing is connected. `mark`: a note or group. */
  readonly kind: 'node' | 'again' | 'open' | 'mark';
  readonly node: NodeId | null;
  /** Of the kind `mark` alone. */
  readonly mark?: MarkId;
  readonly exit: Exit | null;
  /** What the exit is called; empty without one. */
  readonly exitLabel: string;
  /** From 1. */
  readonly level: number;
  readonly parent: string | null;
  /** From 1, among the rows of the same parent, and how many these are. */
  readonly position: number;
  readonly size: number;
}

/**
 * The policy as a tree to read from top to bottom: from the entry along the exits in their order, then what no request
 * reaches, then groups and notes. A node that several exits lead to is unfolded once, where it comes first.
 */
export function outlineOf(policy: Policy): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];
  const seen = new Set<NodeId>();
  const roots = rootsOf(policy);
  const marks = marksOf(policy);
  const top = (index: number) => ({
    exit: null,
    exitLabel: '',
    level: 1,
    parent: null,
    position: index + 1,
    size: roots.length + marks.length,
  });

  function add(id: NodeId, row: Omit<OutlineRow, 'kind' | 'node'>): void {
    const node = Object.hasOwn(policy.nodes, id) ? policy.nodes[id] : undefined;
    if (node === undefined || seen.has(id)) {
      rows.push({
        ...row,
        kind: node === undefined ? 'open' : 'again',
        node: node === undefined ? null : id,
      });
      return;
    }
    seen.add(id);
    rows.push({ ...row, kind: 'node', node: id });
    const exits = exitsOf(node).filter((exit) => exit.to !== null || exit.open !== true);
    for (const [index, exit] of exits.entries()) {
      const below = {
        key: `${id}:${exit.id}`,
        exit: { node: id, port: exit.id },
        exitLabel: exit.label,
        level: row.level + 1,
        parent: row.key,
        position: index + 1,
        size: exits.length,
      };
      if (exit.to === null) rows.push({ ...below, kind: 'open', node: null });
      else add(exit.to, below);
    }
  }

  for (const [index, id] of roots.entries()) add(id, { key: `@${id}`, ...top(index) });
  for (const [index, mark] of marks.entries())
    rows.push({ key: mark, kind: 'mark', node: null, mark, ...top(roots.length + index) });
  return rows;
}

/** The entry, then nodes that nothing leads to, then one of each circle that is left. */
function rootsOf(policy: Policy): readonly NodeId[] {
  const ids = Object.keys(policy.nodes);
  const led = new Set(Object.values(policy.nodes).flatMap((node) => exitsOf(node).map(({ to }) => to)));
  const entry = policy.entry !== null && Object.hasOwn(policy.nodes, policy.entry) ? [policy.entry] : [];
  const roots = [...entry, ...ids.filter((id) => id !== policy.entry && !led.has(id))];
  const reached = new Set<NodeId>();
  const follow = (start: NodeId): void => {
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const node = Object.hasOwn(policy.nodes, id) ? policy.nodes[id] : undefined;
      if (node === undefined || reached.has(id)) continue;
      reached.add(id);
      waiting.push(...exitsOf(node).flatMap(({ to }) => (to === null ? [] : [to])));
    }
  };
  for (const id of roots) follow(id);
  for (const id of ids) {
    if (reached.has(id)) continue;
    roots.push(id);
    follow(id);
  }
  return roots;
}
