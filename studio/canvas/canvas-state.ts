import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeId } from '#engine/nodes/index.ts';
import type { Exit, MarkId, Spot } from '../document/index.ts';

/** A point inside the canvas element, in px. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is open over the drawing. */
export type Open =
  | { readonly kind: 'nothing' }
  /** Choose what to add at a spot. */
  | {
      readonly kind: 'add';
      readonly spot: Spot;
      readonly at: Point;
      /** Only published policies, to be taken over. */
      readonly only?: 'subpolicies';
    }
  /** Choose an exit of a node or a group, then where it leads. */
  | {
      readonly kind: 'connect';
      readonly node: NodeId | MarkId;
      readonly exit: Exit | null;
      readonly at: Point;
    }
  | { readonly kind: 'keys' };

export interface CanvasState {
  readonly open: Open;
  /** The node or group whose name, or the note whose text, is being typed where it lies. */
  readonly renaming: string | null;
  /** The node, note or group that holds the focus, or had it last. */
  readonly current: string | null;
  /** Grows when the current node should take the focus. */
  readonly focusSerial: number;
  /** The edge a dragged kind would be inserted into. */
  readonly dropEdge: string | null;
  readonly minimap: boolean;
  /** The outline stands beside the drawing. */
  readonly outline: boolean;
  /** Which of the two the keyboard is in, and gets the focus back. */
  readonly home: 'drawing' | 'outline';
}

export type CanvasStore = StoreApi<CanvasState>;

/** State of one canvas that is no part of the policy. */
export function createCanvasStore(): CanvasStore {
  return createStore<CanvasState>(() => ({
    open: { kind: 'nothing' },
    renaming: null,
    current: null,
    focusSerial: 0,
    dropEdge: null,
    minimap: true,
    outline: false,
    home: 'drawing',
  }));
}

/** Makes a node, note or group the current one and asks for the focus on it. */
export function focusNode(canvas: CanvasStore, current: string | null): void {
  canvas.setState((state) => ({ current, focusSerial: state.focusSerial + 1 }));
}

/** Lets the author write in a note that was just added. */
export function writeNewNote(canvas: CanvasStore, mark: string | undefined): void {
  if (mark !== undefined) canvas.setState({ current: mark, renaming: mark, home: 'drawing' });
}

/** Closes what is open and gives the focus back to the current node. */
export function closeOpen(canvas: CanvasStore): void {
  canvas.setState((state) => ({
    open: { kind: 'nothing' },
    renaming: null,
    focusSerial: state.focusSerial + 1,
  }));
}

/** Opens the outline and goes there, or closes it and goes back to the drawing. */
export function toggleOutline(canvas: CanvasStore): void {
  canvas.setState(({ outline, focusSerial }) => ({
    outline: !outline,
    home: outline ? 'drawing' : 'outline',
    focusSerial: focusSerial + 1,
  }));
}

export const CanvasContext = createContext<CanvasStore | null>(null);

export function useCanvasStore(): CanvasStore {
  const canvas = useContext(CanvasContext);
  if (canvas === null) throw new Error('This part of the canvas stands outside of PolicyCanvas.');
  return canvas;
}

export function useCanvas<T>(selector: (state: CanvasState) => T): T {
  return useStore(useCanvasStore(), selector);
}
