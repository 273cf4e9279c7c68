import { applyNodeChanges, type EdgeChange, type NodeChange, type OnNodeDrag } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useModels } from '../client/use-models.ts';
import { moveNodes, placesOf, useDocument } from '../document/index.ts';
import { useCanvas } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import {
  type CardNode,
  type FlowTraffic,
  type FlowView,
  projectEdges,
  projectNodes,
  type WireEdge,
} from './flow.ts';

/**
 * The policy as the library draws it. What the library adds (measures, places while dragging) is kept on the cards; what
 * the author selects or moves goes to the document, a drag as one step when it ends.
 */
export function useFlow(
  { document }: CanvasTools,
  overlay: Pick<FlowView, 'taken'> & { readonly traffic: FlowTraffic | null },
) {
  const policy = useDocument((state) => state.policy);
  const view = useFlowView(overlay);
  const [version, setVersion] = useState(0);
  const latest = useRef<CardNode[]>([]);
  const edges = useRef<WireEdge[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that `latest` was changed from outside
  latest.current = useMemo(() => projectNodes(policy, view, latest.current), [policy, view, version]);
  edges.current = useMemo(() => projectEdges(policy, view, edges.current), [policy, view]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]): void => {
      const own = changes.filter((change) => change.type === 'position' || change.type === 'dimensions');
      if (own.length > 0) {
        latest.current = applyNodeChanges(own, latest.current);
        setVersion((now) => now + 1);
      }
      const before = document.store.getState().selection;
      const after = new Set(before);
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) after.add(change.id);
        else after.delete(change.id);
      }
      const isSame = after.size === before.size && [...after].every((id) => before.has(id));
      if (!isSame) document.select(after);
    },
    [document],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]): void => {
      const { selectedEdge } = document.store.getState();
      if (
        changes.some((change) => change.type === 'select' && !change.selected && change.id === selectedEdge)
      )
        document.selectEdge(null);
    },
    [document],
  );

  const onDragStop: OnNodeDrag<CardNode> = useCallback(
    (_event, _node, dragged) => {
      const { policy: now } = document.store.getState();
      const places = placesOf(now);
      const moved = new Map(dragged.map(({ id, position }) => [id, [position.x, position.y] as const]));
      const what = moved.size === 1 ? 'node' : `${moved.size} nodes`;
      const isMoved = [...moved].some(([id, [x, y]]) => places[id]?.[0] !== x || places[id]?.[1] !== y);
      if (isMoved) document.run(moveNodes(moved), `Move ${what}`);
    },
    [document],
  );

  return { nodes: latest.current, edges: edges.current, onNodesChange, onEdgesChange, onDragStop };
}

function useFlowView({
  taken,
  traffic,
}: Pick<FlowView, 'taken'> & { readonly traffic: FlowTraffic | null }): FlowView {
  const selection = useDocument((state) => state.selection);
  const selectedEdge = useDocument((state) => state.selectedEdge);
  const diagnostics = useDocument((state) => state.diagnostics);
  const readOnly = useDocument((state) => state.readOnly);
  const entry = useDocument((state) => state.policy.entry);
  const current = useCanvas((state) => state.current) ?? entry;
  const { byId: models } = useModels();
  return useMemo(
    () => ({ selection, selectedEdge, diagnostics, models, taken, traffic, current, readOnly }),
    [selection, selectedEdge, diagnostics, models, taken, traffic, current, readOnly],
  );
}
