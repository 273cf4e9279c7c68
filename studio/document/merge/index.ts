/** Two people's edits of one policy, put together. */
export { idsToKeepApart, withOtherIds } from './keep-apart.ts';
export { type Choose, type Merge, type MergeConflict, mergePolicies } from './merge-policies.ts';
export { absent, type Side } from './merge-values.ts';
export { type Rebased, rebase } from './rebase.ts';
export { placeOfConflict, tellIncoming, tellSide } from './tell-merge.ts';
