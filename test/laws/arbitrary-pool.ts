import fc from 'fast-check';
import { listableErrorClasses, requirements } from '#engine/nodes/index.ts';
import { targets } from './law-world.ts';

type RawNode = Record<string, unknown>;

const patterns = [...targets, 'two/*', '*/shared', 'anthropic/claude-*-5'] as const;
const weight = fc.constantFrom(0, 1, 3);

/** Pools of random candidates, with every setting now and then. */
export const arbitraryPool: fc.Arbitrary<RawNode> = fc
  .record(
    {
      candidates: fc.array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 8 }),
      require: fc.subarray(
        [...requirements].filter((name) => name !== 'region'),
        { maxLength: 1 },
      ),
      objective: fc.constantFrom('cost', 'latency', 'quality', 'balanced'),
      weights: fc.record({ cost: weight, latency: weight, quality: fc.constantFrom(1, 2) }),
      floors: fc.record(
        {
          quality: fc.constantFrom(0, 15, 40),
          tokens_per_second: fc.constantFrom(0.5, 60),
          first_token_ms: fc.constantFrom(1, 950),
          error_rate: fc.constantFrom(0.1, 0.5),
        },
        { requiredKeys: [] },
      ),
      context_margin: fc.constantFrom(0, 0.1, 1),
      attempts: fc.integer({ min: 1, max: 5 }),
      on: fc.subarray([...listableErrorClasses]),
      deadline_ms: fc.integer({ min: 1, max: 60_000 }),
      parameters: fc.constantFrom({ max_output_tokens: 100 }, { temperature: 0.5 }),
      affinity: fc.boolean(),
    },
    { requiredKeys: ['candidates', 'objective'] },
  )
  .chain((pool) =>
    fc.boolean().map((isPlaced) => ({
      kind: 'pool',
      ...pool,
      ...(isPlaced && pool.objective === 'latency' ? { require: ['region'], regions: ['eu', 'us'] } : {}),
    })),
  );
