import type { ReactFlowInstance } from '@xyflow/react';
import type { NodeId } from '#engine/nodes/index.ts';
import type { PolicyDocument } from '../document/index.ts';
import type { CanvasStore, Point } from './canvas-state.ts';
import type { CardNode, WireEdge } from './flow.ts';

/** What the canvas's actions work with. */
export interface CanvasTools {
  readonly document: PolicyDocument;
  readonly canvas: CanvasStore;
  readonly flow: ReactFlowInstance<CardNode, WireEdge>;
  /** Pans so far that a node can be seen; not at all when it can be already. */
  readonly reveal: (id: NodeId) => void;
  /** Where to open something that belongs to a node; the middle of the canvas without one. */
  readonly pointBeside: (id: NodeId | null) => Point;
  readonly clearHighlight: () => void;
}
