import { kindOf, type NodeId, type NodeKindName } from '#engine/nodes/index.ts';
import type { PolicyDiff } from '#engine/policy/diff/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { titleIn } from '../document/index.ts';
import {
  type ChangeLine,
  kindOfChange,
  linesOfNode,
  type NodeChangeKind,
  type Sides,
} from './change-lines.ts';

/** A node of either side. */
export interface MergedNode {
  readonly id: NodeId;
  readonly kind: NodeKindName;
  readonly title: string;
  readonly change: NodeChangeKind | 'same';
  readonly lines: readonly ChangeLine[];
}

/** An edge of either side. An exit that leads elsewhere has two: where it leads (`moved`) and where it led (`left`). */
export interface MergedEdge {
  readonly id: string;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly label: string;
  readonly change: 'added' | 'removed' | 'moved' | 'left' | 'same';
}

export interface MergedGraph {
  readonly nodes: readonly MergedNode[];
  readonly edges: readonly MergedEdge[];
}

/** Two policies as one drawing: every node and edge of either, with how it differs. Where they lie counts for nothing. */
export function mergeGraphs(sides: Sides, diff: PolicyDiff): MergedGraph {
  const changes = new Map(diff.nodes.map((change) => [change.id, change]));
  const ids = [...new Set([...Object.keys(sides.after.nodes), ...Object.keys(sides.before.nodes)])];
  const nodes = ids.flatMap((id): readonly MergedNode[] => {
    const policy = Object.hasOwn(sides.after.nodes, id) ? sides.after : sides.before;
    const node = policy.nodes[id];
    if (node === undefined) return [];
    const change = changes.get(id);
    return [
      {
        id,
        kind: kindOf(node).kind,
        title: titleIn(policy, id),
        change: change === undefined ? 'same' : kindOfChange(change),
        lines: change === undefined ? [] : linesOfNode(change, sides),
      },
    ];
  });
  const known = new Set(nodes.map(({ id }) => id));
  return { nodes, edges: mergedEdges(sides).filter(({ to }) => known.has(to)) };
}

function mergedEdges({ before, after }: Sides): readonly MergedEdge[] {
  const [was, is] = [edgesById(before), edgesById(after)];
  const now = [...is.values()].map((edge): MergedEdge => {
    const old = was.get(edge.id);
    return { ...edge, change: old === undefined ? 'added' : old.to === edge.to ? 'same' : 'moved' };
  });
  const gone = [...was.values()].flatMap((edge): readonly MergedEdge[] => {
    const left = is.get(edge.id);
    if (left?.to === edge.to) return [];
    return [{ ...edge, id: `${edge.id} before`, change: left === undefined ? 'removed' : 'left' }];
  });
  return [...now, ...gone];
}

function edgesById(policy: Policy): ReadonlyMap<string, Omit<MergedEdge, 'change'>> {
  return new Map(
    edgesOf(policy).map(({ id, from, to, port }) => [id, { id, from, to, label: port.label }] as const),
  );
}
