import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Step } from '#engine/plan/index.ts';
import { type LogWindow, windowStart } from '../look/window-control.tsx';
import type { SaveState } from './autosave.ts';
import type { LiveTold } from './live/live-messages.ts';

export type EditorView = 'canvas' | 'json';
export type PanelTab = 'test' | 'problems' | 'history';

/** A way through the policy to light up, and where it comes from. */
export interface Highlight {
  readonly path: readonly Step[];
  readonly source: 'test' | 'record';
}

/** A request that just finished, to run along its path once. */
export interface Pulse {
  readonly path: readonly Step[];
  /** The request's. */
  readonly id: string;
}

/** What the editor's screen shows beside the policy itself. */
export interface EditorState {
  readonly view: EditorView;
  readonly panel: PanelTab | null;
  readonly save: SaveState;
  readonly highlight: Highlight | null;
  readonly pulse: Pulse | null;
  /** Shares of traffic are drawn on the edges. */
  readonly showsTraffic: boolean;
  /** The last minutes of what really came by are drawn in its place. */
  readonly showsLive: boolean;
  readonly publishing: boolean;
  /** The logged requests that the draft is replayed on: fixed, so that every number is about the same ones. */
  readonly recordSet: RecordSet;
  /** The newest answer of the page's own thread; `null` where there is none. */
  readonly live: LiveTold | null;
}

/** A window of the log, ms since 1970. */
export interface RecordSet {
  readonly window: LogWindow;
  readonly from: number;
  readonly to: number;
}

export function recordSetOf(window: LogWindow, nowMs: number): RecordSet {
  return { window, from: windowStart(window, nowMs), to: nowMs + 1 };
}

export type EditorStore = StoreApi<EditorState>;

export function createEditorStore(initial: Partial<EditorState> = {}): EditorStore {
  return createStore<EditorState>(() => ({
    view: 'canvas',
    panel: null,
    save: { kind: 'saved' },
    highlight: null,
    pulse: null,
    showsTraffic: true,
    showsLive: false,
    publishing: false,
    recordSet: recordSetOf('14d', Date.now()),
    live: null,
    ...initial,
  }));
}

export const EditorContext = createContext<EditorStore | null>(null);

export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext);
  if (store === null) throw new Error('This part of the editor stands outside of the editor.');
  return store;
}

export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorStore(), select);
}
