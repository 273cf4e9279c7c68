/** What differs between two policies by meaning, as data and as sentences. */
export {
  type ClassifierChange,
  diffPolicies,
  type NodeChange,
  type PolicyDiff,
  type PortChange,
} from './diff-policies.ts';
export type { FieldChange } from './field-changes.ts';
export { nameOfChange, showSetting, tellField, tellPort } from './tell-change.ts';
