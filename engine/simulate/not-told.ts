import type { LatencyCurve, SimulationResult } from './result.ts';

/** No request has a latency. */
export function noCurve(): LatencyCurve {
  return { requests: 0, p50: null, p90: null, p95: null, p99: null, bins: [] };
}

type Part =
  | 'latency'
  | 'errors'
  | 'fallbacks'
  | 'cache'
  | 'coverage'
  | 'by_node'
  | 'by_branch'
  | 'segments'
  | 'winners'
  | 'losers'
  | 'incidents'
  | 'timeline'
  | 'sample';

/** The parts of a result as they are where there is nothing to tell. */
export function notTold(): Pick<SimulationResult, Part> {
  return {
    latency: { before: noCurve(), after: noCurve() },
    errors: { before: 0, after: 0, low: 0, high: 0 },
    fallbacks: { before: 0, after: 0 },
    cache: { lost_tokens: 0, lost_nano_usd: 0, kept_tokens: 0 },
    coverage: { requests: 1, cost: 1 },
    by_node: [],
    by_branch: [],
    segments: [],
    winners: [],
    losers: [],
    incidents: [],
    timeline: [],
    sample: 1,
  };
}
