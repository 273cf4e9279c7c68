import type { Diagnostic, UserClassifier } from '#engine/nodes/index.ts';
import type { RenamedLabel } from '../../document/index.ts';
import type { ClassifierKind } from './blank-classifier.ts';

/** What an editor of one kind of classifier gets. */
export interface EditorProps<K extends ClassifierKind> {
  readonly classifier: Extract<UserClassifier, { kind: K }>;
  readonly readOnly: boolean;
  /** With places below the classifier: `labels.refund`. */
  readonly problems: readonly Diagnostic[];
  /** `step` names the edit in the history; `burst` makes quick ones one step. */
  readonly onChange: (
    next: Extract<UserClassifier, { kind: K }>,
    step: string,
    options?: { readonly burst?: string; readonly renamed?: RenamedLabel },
  ) => void;
}
