/** Node kinds: one folder each, and the registry from which palette, inspector, validator, compiler and simulator grow. */
export { type Accept, type Judge, mergeAccept } from './accept.ts';
export { targetPattern } from './call-settings.ts';
export { type Changes, isUnchanged, mergeChanges, noChanges } from './changes.ts';
export { type ClassifierDefinition, classifiers } from './classifier/classifiers.ts';
export { labelsOfClassifier, UserClassifier } from './classifier/user-classifier.ts';
export {
  type Chooser,
  type CompiledNode,
  type Deadlines,
  noDeadlines,
  type Parameters,
} from './compiled-node.ts';
export {
  defineNode,
  type NodeFrame,
  type NodeId,
  type NodeKind,
  type Port,
  type Surroundings,
} from './define-node.ts';
export {
  defaultErrorClasses,
  type ErrorClass,
  errorClasses,
  errorClassLabels,
  type ListableErrorClass,
  listableErrorClasses,
} from './error-class.ts';
export { Slug, slugPattern } from './fields.ts';
export type { Diagnostic, DiagnosticCode, Finding, Severity } from './finding.ts';
export type { Form, FormField, Widget } from './form.ts';
export { amountText, type LimitUnit, limitUnits } from './limit/index.ts';
export {
  LimitWindow,
  limitWindows,
  type WindowLength,
  windowEnd,
  windowStart,
} from './limit/limit-window.ts';
export type { Candidate, CandidateRates, PoolCandidates } from './pool/candidate.ts';
export { typicalOutputTokens } from './pool/demand.ts';
export type { Duel } from './pool/duels.ts';
export { canMeet, type Exclusion, type Judged, judgeCandidates } from './pool/judge-candidates.ts';
export type { Setback } from './pool/live-figures.ts';
export { type PoolFacts, poolSignals, readPoolFacts } from './pool/pool-facts.ts';
export {
  type Floors,
  type Objective,
  objectives,
  type PoolSettings,
  type Weights,
} from './pool/pool-settings.ts';
export { type PreparedPool, preparePool } from './pool/prepared-pool.ts';
export { makeRanker, type Ranking } from './pool/rank-candidates.ts';
export { codedOrder, mostCandidates, rankCode } from './pool/rank-code.ts';
export { type Requirement, requirementLabels, requirements } from './pool/requirement.ts';
export { factsThatCount, type HingesOn, isUndetermined } from './pool/unknown-facts.ts';
export {
  type AnyNodeKind,
  kindNamed,
  kindOf,
  type NodeKindName,
  nodeRegistry,
  PolicyNode,
} from './registry.ts';
export { stickyPoint } from './split/sticky-point.ts';
export { redactLabels } from './transform/index.ts';
