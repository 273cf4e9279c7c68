/** The policy being edited: labelled commands, undo, selection, diagnostics. Framework-free but for `use-document.tsx`. */
export { isEmptyClip, readClip, whyNoClip, writeClip } from './clipboard.ts';
export * from './commands/index.ts';
export { shortCondition } from './condition-words.ts';
export {
  exitWords,
  fullSummaryOf,
  modelName,
  providerName,
  spokenNode,
  summaryOf,
  titleIn,
  titleOf,
} from './describe-node.ts';
export { createDocument, type PolicyDocument } from './document.ts';
export { type DocumentOptions, type DocumentState, isSameMeaning, type Reveal } from './document-state.ts';
export type { DraftStorage, StoredDraft } from './draft-storage.ts';
export {
  type Boundary,
  boundaryOf,
  type Drawing,
  type DrawnEdge,
  drawingOf,
  drawnBoxOf,
  drawnIdOf,
  drawnNotes,
  foldedPlace,
  frameOf,
  type Gate,
  notesInside,
} from './drawing.ts';
export {
  chosenThings,
  connectExit,
  deleteSelection,
  disconnectExit,
  duplicateSelection,
  exitOfEdge,
  fitsIntoEdge,
  insertNode,
  legalTargets,
  pasteClip,
  reconnectExit,
  type Spot,
  tellThings,
} from './edits.ts';
export {
  foldGroup,
  foldSelection,
  groupSelection,
  insertNote,
  leaveGroups,
  moveSelectionBy,
  moveThings,
  resizeSelectedNote,
  rewordMark,
  ungroupSelection,
} from './mark-edits.ts';
export {
  groupMark,
  isMark,
  type Mark,
  type MarkId,
  markIn,
  marksOf,
  noteMark,
  spokenMark,
  titleOfMark,
} from './marks.ts';
export {
  type MergeConflict,
  mergePolicies,
  placeOfConflict,
  rebase,
  type Side,
  tellIncoming,
  tellSide,
} from './merge/index.ts';
export { placeAbout, placeForNote } from './note-place.ts';
export { type OutlineRow, outlineOf } from './outline.ts';
export { idsOf, matchPool, type PoolMatch } from './pool-candidates.ts';
export * from './subpolicy/index.ts';
export { type KnownModel, targetViewOf } from './target-view.ts';
export { DocumentProvider, useDocument, useDocumentActions } from './use-document.tsx';
