import { type Policy, semanticHash } from '#engine/policy/index.ts';
import type { SourceVersion } from '../../../../studio/document/index.ts';
import { aPolicy, condition, model } from '../builders.ts';

/** A version of a policy, as it comes from the server. */
export const versionOf = (policy: Policy, version: number | null = 1): SourceVersion => ({
  policy,
  version,
  hash: semanticHash(policy),
});

/** Small requests are answered, the others leave by “Long”. */
export const guard: Policy = {
  ...aPolicy(
    {
      check: condition('out', 'cheap'),
      cheap: model('openai/gpt-5-mini'),
      out: { kind: 'output', label: 'Long', to: null },
    },
    { check: [0, 0], cheap: [310, 0], out: [310, 200] },
  ),
  id: 'guard',
  name: 'Guard',
};

/** `start` leads to `strong` by “yes” and nowhere by “else”. */
export const host: Policy = aPolicy(
  { start: condition('strong', null), strong: model('anthropic/claude-opus-5') },
  { start: [0, 0], strong: [310, 0] },
);
