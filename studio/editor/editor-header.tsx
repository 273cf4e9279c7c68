import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconCloudOff,
  IconFlask2,
  IconLoader,
  IconPointFilled,
  IconRocket,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PolicyEnvelope, Presence } from '#server/contract/index.ts';
import { useDocument, useDocumentActions } from '../document/index.ts';
import { May } from '../people/may.tsx';
import type { SaveState } from './autosave.ts';
import styles from './editor.module.css';
import { useEditor, useEditorStore } from './editor-state.ts';
import { PresenceFaces } from './presence-faces.tsx';
import { VersionsMenu } from './versions-menu.tsx';

interface Props {
  readonly envelope: PolicyEnvelope;
  readonly version: number | null;
  /** Who else has this policy open. */
  readonly others: readonly Presence[];
}

/** Name, state, undo, view, and what can be done with the draft. */
export function EditorHeader({ envelope, version, others }: Props) {
  const editor = useEditorStore();
  const view = useEditor((state) => state.view);
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <Link href="/policies" className={styles.crumb ?? ''}>
          Policies
        </Link>
        <h1 className="wb-hidden">{envelope.policy.name}</h1>
        <NameField />
        <VersionsMenu envelope={envelope} version={version} />
        {version === null ? <SaveNote /> : null}
        <PresenceFaces others={others} />
      </div>
      <SegmentedControl
        size="xs"
        aria-label="View"
        value={view}
        onChange={(value) => editor.setState({ view: value === 'json' ? 'json' : 'canvas' })}
        data={[
          { value: 'canvas', label: 'Canvas' },
          { value: 'json', label: 'JSON' },
        ]}
      />
      <div className={styles.actions}>
        <UndoButtons />
        <Button
          variant="default"
          leftSection={<IconFlask2 size={14} stroke={1.7} />}
          onClick={() => editor.setState((state) => ({ panel: state.panel === 'test' ? null : 'test' }))}
        >
          Test
        </Button>
        <May needs="what_if.run">
          <Button component={Link} href={`/what-if/${envelope.policy.id}`} variant="default">
            What-if
          </Button>
        </May>
        {version === null ? <PublishButton envelope={envelope} /> : null}
      </div>
    </header>
  );
}

function PublishButton({ envelope }: Pick<Props, 'envelope'>) {
  const editor = useEditorStore();
  const hash = useDocument((state) => state.hash);
  const isPublished = envelope.versions[0]?.hash === hash;
  if (envelope.origin === 'file') return null;
  return (
    <May needs="policies.publish">
      <Button
        leftSection={<IconRocket size={14} stroke={1.7} />}
        variant={isPublished ? 'default' : 'filled'}
        onClick={() => editor.setState({ publishing: true })}
      >
        Publish…
      </Button>
    </May>
  );
}

function NameField() {
  const document = useDocumentActions();
  const name = useDocument((state) => state.policy.name);
  const readOnly = useDocument((state) => state.readOnly);
  return (
    <input
      className={styles.name}
      aria-label="Name of the policy"
      value={name}
      maxLength={120}
      readOnly={readOnly}
      spellCheck={false}
      onChange={(event) => {
        const next = event.currentTarget.value;
        if (next.trim() === '') return;
        document.run((policy) => ({ ...policy, name: next }), 'Rename policy', { gesture: 'rename-policy' });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

const saveNotes: Readonly<
  Record<SaveState['kind'], { readonly text: string; readonly icon: typeof IconCheck }>
> = {
  saved: { text: 'Saved', icon: IconCheck },
  unsaved: { text: 'Edited', icon: IconPointFilled },
  saving: { text: 'Saving…', icon: IconLoader },
  offline: { text: 'Unsaved: offline', icon: IconCloudOff },
  refused: { text: 'Not saved', icon: IconCloudOff },
  conflict: { text: 'Not saved: conflict', icon: IconCloudOff },
};

function SaveNote() {
  const save = useEditor((state) => state.save);
  const readOnly = useDocument((state) => state.readOnly);
  if (readOnly) return <span className={styles.save}>Read-only</span>;
  const { text, icon: Icon } = saveNotes[save.kind];
  const isBad = save.kind === 'offline' || save.kind === 'refused' || save.kind === 'conflict';
  const note = (
    <span className={styles.save} data-tone={isBad ? 'bad' : undefined} role="status">
      <Icon size={13} stroke={2} aria-hidden="true" />
      {text}
    </span>
  );
  return save.kind === 'refused' ? <Tooltip label={save.message}>{note}</Tooltip> : note;
}

function UndoButtons() {
  const document = useDocumentActions();
  const last = useDocument((state) => state.history.past.at(-1));
  const next = useDocument((state) => state.history.future[0]);
  const readOnly = useDocument((state) => state.readOnly);
  if (readOnly) return null;
  return (
    <>
      <Tooltip label={last === undefined ? 'Nothing to undo' : `Undo: ${last}`}>
        <ActionIcon
          size={30}
          aria-label={last === undefined ? 'Undo' : `Undo: ${last}`}
          aria-disabled={last === undefined}
          className={styles.undo ?? ''}
          onClick={document.undo}
        >
          <IconArrowBackUp size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={next === undefined ? 'Nothing to redo' : `Redo: ${next}`}>
        <ActionIcon
          size={30}
          aria-label={next === undefined ? 'Redo' : `Redo: ${next}`}
          aria-disabled={next === undefined}
          className={styles.undo ?? ''}
          onClick={document.redo}
        >
          <IconArrowForwardUp size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
