import { idleFlow, type LiveFlow, type LiveMap, type LiveTint } from '../canvas/index.ts';
import type { CallAnswer } from '../client/call-api.ts';

type Answer = CallAnswer<'readFlow'>;
type Counted = Pick<Answer, 'requests' | 'failed' | 'recovered' | 'latencyP50Ms' | 'latencyP95Ms'>;

/** From this time for 95 % on, an exit counts as slow, as very slow. */
export const slowMs = 10_000;
export const verySlowMs = 30_000;
/** From this share of requests in trouble on, an exit counts as failing, as badly failing. */
export const failingShare = 0.01;
export const badlyFailingShare = 0.1;

/** The answer of the server as the canvas draws it. */
export function liveMapOf({ requests, edges, nodes }: Answer): LiveMap {
  return {
    requests,
    edges: new Map(edges.map(({ node, port, ...flow }) => [`${node}:${port}`, flowOf(flow, requests)])),
    nodes: new Map(nodes.map(({ node, ...flow }) => [node, flowOf(flow, requests)])),
  };
}

function flowOf(counted: Counted, all: number): LiveFlow {
  if (counted.requests === 0) return idleFlow;
  return { ...counted, share: all === 0 ? 0 : counted.requests / all, tint: tintOf(counted) };
}

/** Trouble comes before slowness: what fails fast is not well. */
export function tintOf({ requests, failed, recovered, latencyP95Ms }: Counted): LiveTint {
  if (requests === 0) return 'idle';
  const trouble = (failed + recovered) / requests;
  if (trouble >= badlyFailingShare) return 'badly-failing';
  if (trouble >= failingShare) return 'failing';
  if (latencyP95Ms === null || latencyP95Ms < slowMs) return 'well';
  return latencyP95Ms < verySlowMs ? 'slow' : 'very-slow';
}
