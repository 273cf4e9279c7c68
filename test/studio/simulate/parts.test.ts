import { describe, expect, it } from 'vitest';
import { Incident, incidentForms, readIncident } from '#engine/simulate/index.ts';
import { incidentText } from '../../../studio/simulate/incident-words.ts';
import { waterfallOf } from '../../../studio/simulate/waterfall.tsx';

describe('an incident written for the command line', () => {
  it('is read back as the same incident, in every form', () => {
    for (const form of incidentForms) {
      const read = readIncident(form);
      if (read.kind === 'bad') throw new Error(read.message);
      expect(readIncident(incidentText(Incident.parse(read.incident)))).toEqual(read);
    }
  });
});

describe('the waterfall', () => {
  it('goes from the cost before to the cost after, small branches together', () => {
    const by_branch = Array.from({ length: 12 }, (_, index) => ({
      node: 'task',
      port: `p${index}`,
      requests: 1,
      cost_delta: index - 12,
    }));
    const change = by_branch.reduce((sum, { cost_delta }) => sum + cost_delta, 0);
    const steps = waterfallOf({
      by_branch,
      cost_nano_usd: { before: 1_000, after: 1_000 + change, low: 0, high: 2_000 },
    });
    expect(steps).toHaveLength(11);
    expect(steps.at(-2)).toMatchObject({ name: '4 smaller branches', requests: 4, to: 1_000 + change });
    expect(steps.at(-1)).toMatchObject({ name: 'After', from: 0, to: 1_000 + change });
  });
});
