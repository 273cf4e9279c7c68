import { createContext, useContext } from 'react';

/** What came by an exit or a node lately. */
export interface LiveFlow {
  readonly requests: number;
  /** Of all requests of the map, 0–1. */
  readonly share: number;
  /** Had no answer in the end. */
  readonly failed: number;
  /** Were answered after a call had failed. */
  readonly recovered: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  /** How it is to be tinted: failures come before slowness. */
  readonly tint: LiveTint;
}

export type LiveTint = 'idle' | 'well' | 'slow' | 'very-slow' | 'failing' | 'badly-failing';

/** The traffic of the last minutes over the drawing: exits by `node:port`, nodes by id. */
export interface LiveMap {
  readonly requests: number;
  readonly edges: ReadonlyMap<string, LiveFlow>;
  readonly nodes: ReadonlyMap<string, LiveFlow>;
}

/** Nothing came by. */
export const idleFlow: LiveFlow = Object.freeze({
  requests: 0,
  share: 0,
  failed: 0,
  recovered: 0,
  latencyP50Ms: null,
  latencyP95Ms: null,
  tint: 'idle',
});

/** The map over a canvas; `null` while it is off. A context, so that new figures draw no card anew but its figures. */
export const LiveMapContext = createContext<LiveMap | null>(null);

/** What came by an edge; `null` while the map is off. */
export function useLiveEdge(id: string): LiveFlow | null {
  const map = useContext(LiveMapContext);
  return map === null ? null : (map.edges.get(id) ?? idleFlow);
}

/** What came by a node; `null` while the map is off. */
export function useLiveNode(id: string): LiveFlow | null {
  const map = useContext(LiveMapContext);
  return map === null ? null : (map.nodes.get(id) ?? idleFlow);
}
