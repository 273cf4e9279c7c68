/** Routing configurations of other gateways → policies, with a list of what could not be carried over. */
export { importPolicy } from './import-policy.ts';
export {
  ImportedPolicy,
  type LeftBehind,
  type NamedModel,
  type PolicyFormatName,
  type PolicyImport,
  type PolicyImportFailure,
  policyFormatLabels,
  policyFormatNames,
} from './outcome.ts';
