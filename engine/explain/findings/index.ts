/** Findings: what can be proved about a policy without a request. Each has a code, a place and a hint. */
import type { Diagnostic } from '../../nodes/index.ts';
import { checkPolicy, hasErrors, type Policy, type TargetView } from '../../policy/index.ts';
import { capabilityFindings } from './capability-findings.ts';
import { conditionFindings } from './condition-findings.ts';
import { costFindings } from './cost-findings.ts';
import type { FindingFacts } from './findings-facts.ts';
import { followFacts } from './flow.ts';
import { regionFindings } from './region-findings.ts';
import { retentionFindings } from './retention-findings.ts';
import { shapeFindings } from './shape-findings.ts';

export type { FindingFacts } from './findings-facts.ts';
export { type Assumed, everyday, type WorstCase, worstCase } from './worst-case.ts';

/**
 * What is wrong with a policy that is well formed: dead branches, dead ends, callers of zero retention at targets that
 * keep, tries that repeat themselves, limits that are never reached. Nothing is claimed that cannot be proved from the
 * policy and the facts given.
 */
export function findProblems(policy: Policy, facts: FindingFacts = {}): readonly Diagnostic[] {
  const flow = followFacts(policy);
  return [
    ...conditionFindings(policy, flow),
    ...capabilityFindings(policy, flow, facts),
    ...retentionFindings(policy, flow, facts),
    ...regionFindings(policy, flow, facts),
    ...shapeFindings(policy, flow),
    ...costFindings(policy, facts),
  ];
}

/**
 * Everything there is to say about a policy that could be read: its diagnostics and, where it has no errors, its findings.
 * The one function behind editor, command line and publishing.
 */
export function reviewPolicy(
  policy: Policy,
  targets?: TargetView,
  facts: FindingFacts = {},
): readonly Diagnostic[] {
  const diagnostics = checkPolicy(policy, targets);
  return hasErrors(diagnostics) ? diagnostics : [...diagnostics, ...findProblems(policy, facts)];
}
