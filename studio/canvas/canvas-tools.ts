import type { ReactFlowInstance } from '@xyflow/react';
import type { Place, PolicyDocument } from '../document/index.ts';
import type { CanvasStore, Point } from './canvas-state.ts';
import type { WireEdge } from './flow.ts';
import type { DrawnNode } from './flow-marks.ts';

/** What the canvas's actions work with. */
export interface CanvasTools {
  readonly document: PolicyDocument;
  readonly canvas: CanvasStore;
  readonly flow: ReactFlowInstance<DrawnNode, WireEdge>;
  /** Pans so far that a node, note or group can be seen; not at all when it can be already. */
  readonly reveal: (id: string) => void;
  /** Where to open something that belongs to a node; the middle of the canvas without one. */
  readonly pointBeside: (id: string | null) => Point;
  /** A place of the drawing that can be seen: beside something, else in the middle of what is shown. */
  readonly placeInView: (size: Point) => Place;
  readonly clearHighlight: () => void;
}
