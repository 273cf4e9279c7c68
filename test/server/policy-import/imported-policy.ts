import { expect } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { compilePolicy, decide, targetsOf } from '#engine/plan/index.ts';
import { checkPolicy, hasErrors, type Policy, parsePolicy, writePolicy } from '#engine/policy/index.ts';
import { type NamedSignals, signalsFrom } from '#engine/signals/index.ts';
import { type ImportedPolicy, importPolicy, type PolicyFormatName } from '#server/policy-import/index.ts';

/** A configuration as a policy without errors, which survives being written and read; throws where it is none. */
export function imported(source: unknown, format: PolicyFormatName | null = null): ImportedPolicy {
  const read = importPolicy(typeof source === 'string' ? source : JSON.stringify(source), format);
  if (read.kind === 'bad') throw new Error(`${read.path}: ${read.message}`);
  expect(hasErrors(checkPolicy(read.policy))).toBe(false);
  expect(parsePolicy(writePolicy(read.policy))).toEqual({ kind: 'ok', policy: read.policy });
  expect(Object.keys(read.policy.layout).sort()).toEqual(Object.keys(read.policy.nodes).sort());
  return read;
}

/** Targets in the order of trying, as the gateway would. */
export function triedFor(policy: Policy, signals: NamedSignals): readonly string[] {
  const models = { catalogue: defaultCatalogue, priceBook: defaultPriceBook };
  const compiled = compilePolicy(policy, { models });
  if (compiled.kind !== 'ok') throw new Error('It does not compile.');
  return targetsOf(decide(compiled.plan, signalsFrom({ draw: 0, 'caller.tags': [], ...signals })));
}

/** Places of what an import left behind. */
export const leftPaths = ({ left_behind }: ImportedPolicy) => left_behind.map(({ path }) => path);
