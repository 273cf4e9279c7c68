import { type Mark, markIn, useDocument } from '../document/index.ts';
import { GroupPanel } from './group-panel.tsx';
import { NotePanel } from './note-panel.tsx';

/** Settings of a note or a group. */
export function MarkPanel({ mark }: { readonly mark: string }) {
  const policy = useDocument((state) => state.policy);
  const found: Mark | undefined = markIn(policy, mark);
  if (found === undefined) return null;
  return found.kind === 'note' ? (
    <NotePanel id={found.id} note={found.note} />
  ) : (
    <GroupPanel id={found.id} group={found.group} />
  );
}
