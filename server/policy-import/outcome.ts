import type { ImportedPolicy } from '../contract/import-policy.ts';

export {
  ImportedPolicy,
  type LeftBehind,
  type NamedModel,
  type PolicyFormatName,
  policyFormatLabels,
  policyFormatNames,
} from '../contract/import-policy.ts';

/** A text that is no such configuration, with the place where that shows. */
export interface PolicyImportFailure {
  readonly kind: 'bad';
  readonly message: string;
  /** Place in the source; empty for the whole. */
  readonly path: string;
  /** 1-based, where the text itself cannot be read. */
  readonly line?: number;
  readonly column?: number;
}

export type PolicyImport = ({ readonly kind: 'ok' } & ImportedPolicy) | PolicyImportFailure;

/** Why a configuration cannot be imported at all. Thrown by readers, caught at the door. */
export class ImportProblem extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
