import { describe, expect, it } from 'vitest';
import {
  columnsFromRecords,
  fitEstimates,
  mergeParts,
  SimulationResult,
  simulate,
  simulatePart,
} from '#engine/simulate/index.ts';
import { someRecords } from '../../laws/arbitrary-record.ts';
import { lawModels } from '../../laws/law-world.ts';
import { aPlan } from '../builders.ts';

const records = someRecords(1_000, 31).toSorted(
  (left, right) => (left['time.at'] ?? 0) - (right['time.at'] ?? 0),
);
const columns = columnsFromRecords(records);
const estimates = { ...fitEstimates(columns, lawModels.catalogue), caching: false };
const candidate = aPlan({
  size: { kind: 'condition', cases: [{ id: 'a', when: 'request.input_tokens > 2000', to: 'x' }], else: 'y' },
  x: { kind: 'model', target: 'anthropic/claude-opus-5' },
  y: { kind: 'model', target: 'openai/gpt-5-mini' },
});
const world = { ...lawModels, candidate, baseline: null, seed: 3, estimates };

function inParts(size: number) {
  const merger = mergeParts(3);
  for (let from = 0; from < records.length; from += size)
    merger.add(simulatePart({ ...world, columns: columnsFromRecords(records.slice(from, from + size)) }));
  return SimulationResult.parse(merger.finish());
}

describe('a what-if in parts', () => {
  const whole = simulate({ ...world, columns });
  const parts = inParts(170);

  it('has the counts and the money of the whole, exactly', () => {
    for (const name of ['records', 'changed', 'evidence', 'without_cost', 'refused', 'by_day'] as const) {
      if (name !== 'by_day') expect([name, parts[name]]).toEqual([name, whole[name]]);
    }
    expect(parts.cost_nano_usd.before).toBe(whole.cost_nano_usd.before);
    expect(parts.cost_nano_usd.after).toBe(whole.cost_nano_usd.after);
    for (const name of ['by_target', 'by_node', 'by_team'] as const)
      expect([name, parts[name]]).toEqual([name, whole[name]]);
    const costs = ({ by, value, cost_after, requests }: SimulationResult['segments'][number]) =>
      `${by} ${value} ${cost_after} ${requests}`;
    expect(parts.segments.map(costs).sort()).toEqual(whole.segments.map(costs).sort());
  });

  it('has the largest changes of all parts', () => {
    const sizes = ({ changes }: SimulationResult) =>
      changes.map(({ cost_before, cost_after }) =>
        cost_before === null || cost_after === null ? -1 : Math.abs(cost_after - cost_before),
      );
    expect(sizes(parts)).toEqual(sizes(whole));
  });

  it('has bounds about as wide', () => {
    const width = ({ cost_nano_usd: { low, high } }: SimulationResult) => high - low;
    expect(width(parts) / width(whole)).toBeGreaterThan(0.8);
    expect(width(parts) / width(whole)).toBeLessThan(1.25);
  });

  it('says that it was cut, and is the whole itself where it was not', () => {
    expect(parts.assumptions.at(-1)).toContain('in 6 parts');
    expect(inParts(1_000).records_hash).toBe(whole.records_hash);
  });
});
