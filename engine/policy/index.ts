/** The policy document: schema, reading, the one writer, its hash, its graph and its diagnostics. */
export {
  Group,
  groupLimits,
  Note,
  type NoteColour,
  noteColours,
  noteLimits,
  Subpolicy,
} from './annotations.ts';
export { checkPolicy, hasErrors } from './check-policy.ts';
export type { TargetView } from './check-targets.ts';
export {
  type ClassifierChange,
  diffPolicies,
  type FieldChange,
  type NodeChange,
  nameOfChange,
  type PolicyDiff,
  type PortChange,
  showSetting,
  tellField,
  tellPort,
} from './diff/index.ts';
export { type Edge, edgesOf, findCycles, reachableFrom, wouldCycle } from './graph.ts';
export { type Parsed, parsePolicy, parsePolicyValue, pathOf } from './parse-policy.ts';
export { emptyPolicy, Policy, policyFormat, policyJsonSchema } from './policy.ts';
export { canonicalJson, semanticHash } from './semantic-hash.ts';
export { writePolicy } from './write-policy.ts';
