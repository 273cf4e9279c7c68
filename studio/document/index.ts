/** The policy being edited: labelled commands, undo, selection, diagnostics. Framework-free but for `use-document.tsx`. */
export { type Command, inOrder } from './commands/command.ts';
export {
  createDocument,
  type DocumentOptions,
  type DocumentState,
  type PolicyDocument,
  type Reveal,
} from './document.ts';
export type { DraftStorage, StoredDraft } from './draft-storage.ts';
export { DocumentProvider, useDocument, useDocumentActions } from './use-document.tsx';
