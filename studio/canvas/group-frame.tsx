import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { type MouseEvent, memo } from 'react';
import { groupLimits } from '#engine/policy/index.ts';
import { foldGroup, markIn, type PolicyDocument, rewordMark, useDocumentActions } from '../document/index.ts';
import { plural } from '../look/format.ts';
import { type CanvasStore, focusNode, useCanvas, useCanvasStore } from './canvas-state.ts';
import type { FrameNode } from './flow-marks.ts';
import styles from './mark.module.css';
import { NameEditor } from './name-editor.tsx';
import { SubpolicyBadges, SubpolicyIcon } from './subpolicy-badges.tsx';
import { isNamedAs, type SubpolicyFace, tellSource } from './subpolicy-face.ts';

/** An open group: a frame behind its nodes, moved by its head. */
export const GroupFrame = memo(
  DrawnFrame,
  (left, right) => left.data === right.data && left.selected === right.selected,
);

function DrawnFrame({ id, data: { name, count, subpolicy, readOnly }, selected }: NodeProps<FrameNode>) {
  const document = useDocumentActions();
  const isNaming = useCanvas((state) => state.renaming === id && state.home === 'drawing');
  const canvas = useCanvasStore();
  return (
    <div className={styles.frame} data-selected={selected || undefined} data-subpolicy={subpolicy && ''}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard renames with F2 */}
      <div
        className={styles.frameHead}
        data-frame-head=""
        onDoubleClick={(event) => {
          event.stopPropagation();
          if (subpolicy !== undefined) toggleFold(document, canvas, id);
          else if (!readOnly) canvas.setState({ renaming: id, current: id, home: 'drawing' });
        }}
      >
        <FoldButton id={id} name={name} isFolded={false} />
        {subpolicy !== undefined && <SubpolicyIcon size={22} />}
        {isNaming ? (
          <GroupNameEditor id={id} name={name} />
        ) : (
          <span className={styles.frameName} title={name}>
            {name}
          </span>
        )}
        <span className={styles.frameCount} data-detail="">
          {subpolicy !== undefined && `${frameSource(name, subpolicy)} · `}
          {plural(count, 'node')}
        </span>
        {subpolicy !== undefined && <SubpolicyBadges face={subpolicy} />}
      </div>
    </div>
  );
}

/** The name of the frame is most often that of the policy already. */
function frameSource(name: string, face: SubpolicyFace): string {
  return isNamedAs(name, face.policy) && face.version !== null ? `v${face.version}` : tellSource(face);
}

/** Folds a group to one card, or opens it where it lies. */
export function toggleFold(document: PolicyDocument, canvas: CanvasStore, id: string): void {
  const mark = markIn(document.store.getState().policy, id);
  if (mark?.kind !== 'group') return;
  foldGroup(document, mark.id);
  focusNode(canvas, id);
}

/** Folds a group to one card, or unfolds it; for readers, too. */
export function FoldButton({
  id,
  name,
  isFolded,
}: {
  readonly id: string;
  readonly name: string;
  readonly isFolded: boolean;
}) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const Icon = isFolded ? IconChevronRight : IconChevronDown;
  const verb = isFolded ? 'Unfold' : 'Fold';
  const toggle = (event: MouseEvent): void => {
    event.stopPropagation();
    toggleFold(document, canvas, id);
  };
  return (
    <button
      type="button"
      className={`${styles.fold} nodrag`}
      aria-label={`${verb} ${name}`}
      title={`${verb} (G)`}
      tabIndex={-1}
      onClick={toggle}
    >
      <Icon size={15} stroke={2} />
    </button>
  );
}

/** The name of a group while it is typed. */
export function GroupNameEditor({ id, name }: { readonly id: string; readonly name: string }) {
  const document = useDocumentActions();
  return (
    <NameEditor
      id={id}
      name={name}
      label="Name of the group"
      maxLength={groupLimits.characters}
      className={styles.nameInput}
      onName={(text) => rewordMark(document, id, text)}
    />
  );
}
