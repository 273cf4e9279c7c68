import { applyNodeChanges, type EdgeChange, type NodeChange, type OnNodeDrag } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useModels } from '../client/use-models.ts';
import { drawnIdOf, isMark, useDocument } from '../document/index.ts';
import { useCanvas } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { dropDragged, withMembers } from './drag-groups.ts';
import {
  type CardNode,
  type FlowTraffic,
  type FlowView,
  projectEdges,
  projectNodes,
  type WireEdge,
} from './flow.ts';
import { type DrawnNode, type MarkNode, projectMarks } from './flow-marks.ts';
import { useModelHealth } from './use-model-health.ts';
import { usePublished } from './use-published.ts';

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
  const cards = useRef<CardNode[]>([]);
  const marks = useRef<MarkNode[]>([]);
  const edges = useRef<WireEdge[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the cards were changed from outside
  cards.current = useMemo(() => projectNodes(policy, view, cards.current), [policy, view, version]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  marks.current = useMemo(
    () => projectMarks(policy, view, cards.current, marks.current),
    [policy, view, version],
  );
  edges.current = useMemo(() => projectEdges(policy, view, edges.current), [policy, view]);
  const [drawnCards, drawnMarks] = [cards.current, marks.current];
  const nodes = useMemo((): DrawnNode[] => [...drawnMarks, ...drawnCards], [drawnCards, drawnMarks]);

  const onNodesChange = useCallback(
    (changes: NodeChange<DrawnNode>[]): void => {
      const state = document.store.getState();
      const own = changes.filter((change) => change.type === 'position' || change.type === 'dimensions');
      if (own.length > 0) {
        const all = withMembers(state.policy, own, cards.current, marks.current);
        const ofMarks = all.filter((change) => 'id' in change && isMark(change.id));
        const ofCards = all.filter((change) => 'id' in change && !isMark(change.id));
        if (ofMarks.length > 0)
          marks.current = applyNodeChanges(ofMarks as NodeChange<MarkNode>[], marks.current);
        if (ofCards.length > 0)
          cards.current = applyNodeChanges(ofCards as NodeChange<CardNode>[], cards.current);
        setVersion((now) => now + 1);
      }
      const before: ReadonlySet<string> = new Set([...state.selection, ...state.marks]);
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

  const onDragStop: OnNodeDrag<DrawnNode> = useCallback(
    (_event, _node, dragged) => dropDragged(document, dragged),
    [document],
  );

  return { nodes, edges: edges.current, onNodesChange, onEdgesChange, onDragStop };
}

function useFlowView({
  taken,
  traffic,
}: Pick<FlowView, 'taken'> & { readonly traffic: FlowTraffic | null }): FlowView {
  const selection = useDocument((state) => state.selection);
  const marks = useDocument((state) => state.marks);
  const selectedEdge = useDocument((state) => state.selectedEdge);
  const diagnostics = useDocument((state) => state.diagnostics);
  const readOnly = useDocument((state) => state.readOnly);
  const held = useCanvas((state) => state.current);
  const current = useDocument(({ policy }) => {
    const id = held ?? policy.entry;
    return id === null ? null : drawnIdOf(policy, id);
  });
  const { byId: models } = useModels();
  const health = useModelHealth();
  const published = usePublished();
  return useMemo(
    () => ({
      selection,
      marks,
      selectedEdge,
      diagnostics,
      models,
      health,
      published,
      taken,
      traffic,
      current,
      readOnly,
    }),
    [
      selection,
      marks,
      selectedEdge,
      diagnostics,
      models,
      health,
      published,
      taken,
      traffic,
      current,
      readOnly,
    ],
  );
}
