import { type DragEvent, useMemo } from 'react';
import { kindNamed, type NodeKindName, nodeRegistry } from '#engine/nodes/index.ts';
import {
  card,
  exitOfEdge,
  fitsIntoEdge,
  insertNode,
  insertNote,
  newNoteSize,
  type Place,
  type Spot,
  sizeOf,
} from '../document/index.ts';
import { focusNode, writeNewNote } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { pointInCanvas } from './open-at.ts';

/** What a dragged kind of the palette carries. The kind is part of the type, since only types can be read while dragging. */
export const kindMime = (kind: NodeKindName): string => `application/x-waybill-kind-${kind}`;

/** What a dragged note of the palette carries. */
export const noteMime = 'application/x-waybill-note';

/** What a dragged sub-policy of the palette carries: which policy is asked where it falls. */
export const subpolicyMime = 'application/x-waybill-subpolicy';

/** Dropping a kind of the palette: onto the canvas it lies where it falls, onto an edge it is inserted. */
export function useDrop({ document, canvas, flow }: CanvasTools) {
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent): void => {
        const kind = kindOfDrag(event);
        const isUnit = carries(event, subpolicyMime);
        if (
          (kind === undefined && !isUnit && !carries(event, noteMime)) ||
          document.store.getState().readOnly
        )
          return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const isForEdges = isUnit || (kind !== undefined && fitsIntoEdge(kind));
        const dropEdge = isForEdges ? edgeUnder(event) : null;
        if (dropEdge !== canvas.getState().dropEdge) canvas.setState({ dropEdge });
      },
      onDragLeave: (): void => canvas.setState({ dropEdge: null }),
      onDrop: (event: DragEvent): void => {
        const kind = kindOfDrag(event);
        const { dropEdge } = canvas.getState();
        canvas.setState({ dropEdge: null });
        if (document.store.getState().readOnly) return;
        const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        if (carries(event, noteMime)) {
          event.preventDefault();
          const [width] = newNoteSize;
          writeNewNote(canvas, insertNote(document, [point.x - width / 2, point.y - 20]));
          return;
        }
        if (carries(event, subpolicyMime)) {
          event.preventDefault();
          const place = [point.x - card.width / 2, point.y - card.header / 2] as const;
          const spot = spotAt(dropEdge, place);
          const at = pointInCanvas(event.currentTarget, { x: event.clientX, y: event.clientY });
          canvas.setState({ open: { kind: 'add', only: 'subpolicies', spot, at } });
          return;
        }
        if (kind === undefined) return;
        event.preventDefault();
        const size = sizeOf(kindNamed(kind).blank());
        const at = [point.x - size.width / 2, point.y - card.header / 2] as const;
        const id = insertNode(document, kind, spotAt(dropEdge, at));
        if (id !== undefined) focusNode(canvas, id);
      },
    }),
    [document, canvas, flow],
  );
}

function carries(event: DragEvent, mime: string): boolean {
  return event.dataTransfer.types.includes(mime);
}

function spotAt(edge: string | null, at: Place): Spot {
  return edge === null ? { kind: 'free', at } : { kind: 'edge', exit: exitOfEdge(edge), at };
}

function kindOfDrag(event: DragEvent): NodeKindName | undefined {
  return nodeRegistry.find(({ kind }) => event.dataTransfer.types.includes(kindMime(kind)))?.kind;
}

function edgeUnder(event: DragEvent): string | null {
  const hit = globalThis.document
    .elementsFromPoint(event.clientX, event.clientY)
    .map((element) => element.closest('.react-flow__edge'))
    .find((element) => element !== null);
  return hit?.getAttribute('data-id') ?? null;
}
