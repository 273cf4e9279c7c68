import type { Diagnostic } from '#engine/nodes/index.ts';
import { diffPolicies, type PolicyDiff } from '#engine/policy/index.ts';
import type { SimulationResult } from '#engine/simulate/index.ts';
import type { NamedPolicy } from '../policy-reference.ts';

/** What there is to say about a change of a policy. */
export interface Comparison {
  readonly before: NamedPolicy;
  readonly after: NamedPolicy;
  readonly diff: PolicyDiff;
  readonly findings: {
    /** What is wrong after the change and was not before. */
    readonly new: readonly Diagnostic[];
    readonly resolved: readonly Diagnostic[];
    /** How many are on both sides. */
    readonly kept: number;
  };
  /** The what-if over a record set; `null` where none was named. */
  readonly whatIf: SimulationResult | null;
}

export function comparePolicies(
  before: NamedPolicy,
  after: NamedPolicy,
  whatIf: SimulationResult | null,
): Comparison {
  const known = new Set(before.diagnostics.map(keyOf));
  const present = new Set(after.diagnostics.map(keyOf));
  const fresh = after.diagnostics.filter((one) => !known.has(keyOf(one)));
  return {
    before,
    after,
    diff: diffPolicies(before.policy, after.policy),
    findings: {
      new: fresh,
      resolved: before.diagnostics.filter((one) => !present.has(keyOf(one))),
      kept: after.diagnostics.length - fresh.length,
    },
    whatIf,
  };
}

/** The same mistake at the same place of the policy, wherever that is in the file. */
function keyOf({ code, node = '', port = '', field = '', message }: Diagnostic): string {
  return JSON.stringify([code, node, port, field, message]);
}
