/** Sub-policies: versions of other policies whose nodes stand in this one. */
export {
  detachSubpolicy,
  insertSubpolicy,
  revertSubpolicy,
  updateSubpolicy,
  whyNotTakeOver,
} from './edits.ts';
export { type Extracted, extractSubpolicy } from './extract.ts';
export { pieceOf, type SubpolicyState, stateOfSubpolicy } from './piece.ts';
export { unfolded } from './room.ts';
export { nameOfSource, type SourceVersion } from './source-version.ts';
export { doorsOf, previewUpdate, takeOver, type Updated } from './take-over.ts';
