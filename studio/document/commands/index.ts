/** Every edit of a policy, as a pure function from policy to policy. */
export { addNode, insertOnEdge, type NewNode } from './add-node.ts';
export { type Alignment, alignNodes, type Direction, distributeNodes, layoutNodes } from './align-nodes.ts';
export { changeNode, describePolicy, renameNode, replacePolicy, setEntry } from './change-node.ts';
export { type Command, inOrder } from './command.ts';
export { connect, disconnect, type Exit, whyNotConnect } from './connect.ts';
export { deleteNodes } from './delete-nodes.ts';
export { exitsOf, firstOpenExit, throughExit } from './exits.ts';
export { type Box, foldedSize, frame, frameAround } from './frame.ts';
export { type Gates, gatesOf, type WayOut } from './gates.ts';
export {
  addToGroup,
  changeGroup,
  dropMembers,
  groupNodes,
  groupOf,
  membersOf,
  takeOutOfGroups,
  ungroup,
} from './groups.ts';
export { layoutAll, layoutMissing, placesOf, withPlaces } from './layout.ts';
export { moveNodes } from './move-nodes.ts';
export { freeSlug } from './node-ids.ts';
export { addNote, changeNote, deleteNotes, moveNotes, newNoteSize, resizeNote } from './notes.ts';
export {
  addClassifier,
  changeClassifier,
  deleteClassifier,
  exitForEveryLabel,
  labelsIn,
  letNodeAsk,
  nodesAsking,
  type RenamedLabel,
  renameClassifier,
} from './own-classifiers.ts';
export {
  type Clip,
  clipOf,
  countLooseExits,
  duplicate,
  newIdsFor,
  newNoteIdsFor,
  pasteNodes,
} from './paste-nodes.ts';
export { card, exitOffset, gap, grid, type Place, sizeOf } from './place.ts';
export { neighbourExit, shiftExit } from './shift-exit.ts';
