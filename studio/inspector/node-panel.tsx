import { ActionIcon, Button, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBarToRight, IconCopy, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { type FormField, kindOf, type NodeId, type PolicyNode } from '#engine/nodes/index.ts';
import { KindIcon } from '../canvas/index.ts';
import {
  changeNode,
  deleteSelection,
  duplicateSelection,
  providerName,
  renameNode,
  setEntry,
  titleOf,
  useDocument,
  useDocumentActions,
} from '../document/index.ts';
import { ExitsSection } from './exits-section.tsx';
import styles from './inspector.module.css';
import { ProblemNotes } from './problem-notes.tsx';
import { useDraft } from './use-draft.ts';
import type { WidgetProps } from './widget.ts';
import { widgets } from './widgets.tsx';

/** The settings of one node, drawn from its kind's form. */
export function NodePanel({ id, node }: { readonly id: NodeId; readonly node: PolicyNode }) {
  const readOnly = useDocument((state) => state.readOnly);
  const diagnostics = useDocument((state) => state.diagnostics);
  const isEntry = useDocument((state) => state.policy.entry === id);
  const problems = useMemo(() => diagnostics.filter((one) => one.node === id), [diagnostics, id]);
  const { form } = kindOf(node);
  const fields = new Set(form.fields.map((field) => field.name));
  const general = problems.filter(
    ({ field, port }) => !fields.has(field?.split('.')[0] ?? '') && port === undefined,
  );
  return (
    <>
      <Head id={id} node={node} isEntry={isEntry} readOnly={readOnly} />
      <div className={styles.body}>
        <ProblemNotes problems={general} />
        <NameFields id={id} node={node} readOnly={readOnly} />
        {form.fields.map((field) => (
          <Field key={field.name} id={id} node={node} field={field} problems={problems} readOnly={readOnly} />
        ))}
        <ExitsSection id={id} node={node} problems={problems} readOnly={readOnly} />
        {!isEntry && !readOnly && <EntryButton id={id} />}
      </div>
    </>
  );
}

function Head({
  id,
  node,
  isEntry,
  readOnly,
}: {
  readonly id: NodeId;
  readonly node: PolicyNode;
  readonly isEntry: boolean;
  readonly readOnly: boolean;
}) {
  const document = useDocumentActions();
  const letter = node.kind === 'model' ? providerName(node.target).charAt(0).toUpperCase() : undefined;
  return (
    <header className={styles.head}>
      <KindIcon kind={node.kind} letter={letter} size={30} />
      <div className={styles.headText}>
        <h2>{kindOf(node).form.title}</h2>
        <span className={styles.id} title="Id: never changes">
          {id}
          {isEntry ? ' · requests come in here' : ''}
        </span>
      </div>
      {!readOnly && (
        <>
          <Tooltip label="Duplicate">
            <ActionIcon aria-label="Duplicate" onClick={() => duplicateSelection(document)}>
              <IconCopy size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Delete">
            <ActionIcon aria-label="Delete" onClick={() => deleteSelection(document)}>
              <IconTrash size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
    </header>
  );
}

function NameFields({
  id,
  node,
  readOnly,
}: {
  readonly id: NodeId;
  readonly node: PolicyNode;
  readonly readOnly: boolean;
}) {
  const document = useDocumentActions();
  const label = useDraft(node.label ?? '', (text) =>
    document.run(renameNode(id, text), 'Rename', { gesture: `${id}:label` }),
  );
  const description = useDraft(node.description ?? '', (text) =>
    document.run(
      changeNode(id, (now) => ({ ...now, description: text === '' ? undefined : text })),
      'Change the note',
      { gesture: `${id}:description` },
    ),
  );
  return (
    <>
      <div data-field="label">
        <TextInput
          label="Name"
          placeholder={node.label === undefined ? titleOf(node) : kindOf(node).form.title}
          maxLength={120}
          value={label.text}
          readOnly={readOnly}
          onChange={(event) => label.onText(event.currentTarget.value)}
          onBlur={label.onLeave}
        />
      </div>
      <div data-field="description">
        <Textarea
          label="Note"
          placeholder="Why this is so"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2_000}
          value={description.text}
          readOnly={readOnly}
          onChange={(event) => description.onText(event.currentTarget.value)}
          onBlur={description.onLeave}
        />
      </div>
    </>
  );
}

/** Widgets that show what is wrong with a part beside the part. */
const placesProblems: ReadonlySet<FormField['widget']> = new Set(['cases', 'globs', 'accept']);

function Field({ id, node, field, problems, readOnly }: Omit<WidgetProps, 'set' | 'change'>) {
  const document = useDocumentActions();
  const Widget = widgets[field.widget];
  const own = problems.filter(
    (one) => one.field === field.name || one.field?.startsWith(`${field.name}.`) === true,
  );
  const edit = (command: (node: PolicyNode) => PolicyNode, burst: string | undefined): boolean =>
    document.run(
      changeNode(id, command),
      labelOf(field),
      burst === undefined ? {} : { gesture: `${id}:${field.name}:${burst}` },
    );
  return (
    <div data-field={field.name} className={styles.field}>
      <Widget
        id={id}
        node={node}
        field={field}
        problems={own}
        readOnly={readOnly}
        set={(value, options) =>
          edit((now) => ({ ...now, [field.name]: value }), options?.burst === true ? 'value' : undefined)
        }
        change={(change, options) => edit(change, options?.burst)}
      />
      <ProblemNotes
        problems={placesProblems.has(field.widget) ? own.filter((one) => one.field === field.name) : own}
      />
    </div>
  );
}

function labelOf(field: FormField): string {
  return `Change ${field.label.charAt(0).toLowerCase()}${field.label.slice(1)}`;
}

function EntryButton({ id }: { readonly id: NodeId }) {
  const document = useDocumentActions();
  return (
    <section className={styles.section}>
      <div>
        <Button
          variant="default"
          leftSection={<IconArrowBarToRight size={15} />}
          onClick={() => document.run(setEntry(id), 'Let requests in here')}
        >
          Let requests in here
        </Button>
      </div>
    </section>
  );
}
