import { describe, expect, it } from 'vitest';
import { liveSentence } from '../../../studio/canvas/live-figures.tsx';
import { liveMapOf, tintOf } from '../../../studio/editor/live-map-of.ts';

const well = { requests: 100, failed: 0, recovered: 0, latencyP50Ms: 800, latencyP95Ms: 2_000 };

describe('the live map', () => {
  it('gives every exit and node its share of all that came', () => {
    const { requests, edges, nodes } = liveMapOf({
      version: 3,
      serving: 3,
      from: 0,
      to: 1,
      ...well,
      edges: [{ node: 'task', port: 'code', ...well, requests: 25 }],
      nodes: [{ node: 'task', ...well }],
    });
    expect(requests).toBe(100);
    expect(edges.get('task:code')).toMatchObject({ requests: 25, share: 0.25, tint: 'well' });
    expect(nodes.get('task')).toMatchObject({ share: 1 });
  });

  it.each([
    ['idle', { requests: 0, latencyP95Ms: null }],
    ['well', { latencyP95Ms: 9_999 }],
    ['slow', { latencyP95Ms: 10_000 }],
    ['very-slow', { latencyP95Ms: 30_000 }],
    ['failing', { failed: 1, latencyP95Ms: 60_000 }],
    ['failing', { recovered: 1 }],
    ['badly-failing', { failed: 5, recovered: 5 }],
    ['well', { requests: 1_000, failed: 9 }],
  ] as const)('is tinted %s by what came', (tint, different) => {
    expect(tintOf({ ...well, ...different })).toBe(tint);
  });

  it('says in words what its tints say', () => {
    const flow = { ...well, share: 1, tint: 'failing', failed: 2, recovered: 3 } as const;
    expect(liveSentence(flow).replaceAll('\u00a0', ' ')).toBe(
      '100 requests, 2 failed (2 %), 3 answered after a failed call, half within 800 ms, 95 % within 2.00 s',
    );
    expect(liveSentence({ ...flow, requests: 0 })).toBe('No request in the last minutes');
  });
});
