import { type DragEvent, useMemo } from 'react';
import { kindNamed, type NodeKindName, nodeRegistry } from '#engine/nodes/index.ts';
import {
  card,
  exitOfEdge,
  fitsIntoEdge,
  insertNode,
  insertNote,
  newNoteSize,
  sizeOf,
} from '../document/index.ts';
import { focusNode, writeNewNote } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';

/** What a dragged kind of the palette carries. The kind is part of the type, since only types can be read while dragging. */
export const kindMime = (kind: NodeKindName): string => `application/x-waybill-kind-${kind}`;

/** What a dragged note of the palette carries. */
export const noteMime = 'application/x-waybill-note';

/** Dropping a kind of the palette: onto the canvas it lies where it falls, onto an edge it is inserted. */
export function useDrop({ document, canvas, flow }: CanvasTools) {
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent): void => {
        const kind = kindOfDrag(event);
        if ((kind === undefined && !isNote(event)) || document.store.getState().readOnly) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const dropEdge = kind !== undefined && fitsIntoEdge(kind) ? edgeUnder(event) : null;
        if (dropEdge !== canvas.getState().dropEdge) canvas.setState({ dropEdge });
      },
      onDragLeave: (): void => canvas.setState({ dropEdge: null }),
      onDrop: (event: DragEvent): void => {
        const kind = kindOfDrag(event);
        const { dropEdge } = canvas.getState();
        canvas.setState({ dropEdge: null });
        if (document.store.getState().readOnly) return;
        const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        if (isNote(event)) {
          event.preventDefault();
          const [width] = newNoteSize;
          writeNewNote(canvas, insertNote(document, [point.x - width / 2, point.y - 20]));
          return;
        }
        if (kind === undefined) return;
        event.preventDefault();
        const size = sizeOf(kindNamed(kind).blank());
        const at = [point.x - size.width / 2, point.y - card.header / 2] as const;
        const id = insertNode(
          document,
          kind,
          dropEdge === null ? { kind: 'free', at } : { kind: 'edge', exit: exitOfEdge(dropEdge), at },
        );
        if (id !== undefined) focusNode(canvas, id);
      },
    }),
    [document, canvas, flow],
  );
}

function isNote(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(noteMime);
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
