import type { SimulationResult } from '#engine/simulate/result.ts';
import type { FlowTraffic } from '../canvas/index.ts';

/** Requests through edges and nodes, before and after. `null` where there is no request to tell of. */
export function trafficOf({
  records,
  by_edge,
  by_node,
}: Pick<SimulationResult, 'records' | 'by_edge' | 'by_node'>): FlowTraffic | null {
  if (records === 0) return null;
  return {
    records,
    edges: new Map(
      by_edge.map(({ node, port, before, after }) => [`${node}:${port}`, { before, after, records }]),
    ),
    nodes: new Map(
      by_node.map(({ node, requests_before, requests_after, cost_delta }) => [
        node,
        { before: requests_before, after: requests_after, records, costDelta: cost_delta },
      ]),
    ),
  };
}
