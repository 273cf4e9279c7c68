import { Select, Textarea, TextInput } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { describePolicy, setEntry, titleIn, useDocument, useDocumentActions } from '../document/index.ts';
import { plural } from '../look/format.ts';
import styles from './inspector.module.css';
import { ProblemNotes } from './problem-notes.tsx';
import { useDraft } from './use-draft.ts';

/** Settings of the policy itself: shown while nothing is selected. */
export function PolicyPanel() {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const readOnly = useDocument((state) => state.readOnly);
  const diagnostics = useDocument((state) => state.diagnostics);
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  const name = useDraft(policy.name, (text) =>
    document.run(describePolicy({ name: text }), 'Rename the policy', { gesture: 'policy:name' }),
  );
  const description = useDraft(policy.description ?? '', (text) =>
    document.run(describePolicy({ description: text }), 'Change the description', {
      gesture: 'policy:description',
    }),
  );
  const ids = Object.keys(policy.nodes);
  return (
    <>
      <header className={styles.head}>
        <IconRoute size={22} stroke={1.5} />
        <div className={styles.headText}>
          <h2>Policy</h2>
          <span className={styles.id}>{policy.id}</span>
        </div>
      </header>
      <div className={styles.body}>
        <TextInput
          label="Name"
          maxLength={120}
          value={name.text}
          readOnly={readOnly}
          error={name.isRefused && 'A policy needs a name.'}
          onChange={(event) => name.onText(event.currentTarget.value)}
          onBlur={name.onLeave}
        />
        <Textarea
          label="Description"
          placeholder="What this policy is for"
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4_000}
          value={description.text}
          readOnly={readOnly}
          onChange={(event) => description.onText(event.currentTarget.value)}
          onBlur={description.onLeave}
        />
        <div data-field="entry" className={styles.field}>
          <Select
            label="Requests come in at"
            placeholder={ids.length === 0 ? 'Add a node first' : 'Choose a node'}
            data={ids.map((id) => ({ value: id, label: `${titleIn(policy, id)} (${id})` }))}
            value={policy.entry}
            readOnly={readOnly || ids.length === 0}
            searchable
            allowDeselect={false}
            onChange={(id) => {
              if (id !== null) document.run(setEntry(id), 'Move the entry');
            }}
          />
          <ProblemNotes problems={diagnostics.filter((one) => one.field === 'entry')} />
        </div>
        <section className={styles.section}>
          <dl className={styles.facts}>
            <Fact name="Nodes" text={String(ids.length)} />
            <Fact
              name="Problems"
              text={
                diagnostics.length === 0
                  ? 'none'
                  : `${plural(errors, 'error')}, ${plural(diagnostics.length - errors, 'warning')}`
              }
            />
          </dl>
        </section>
        <p className={styles.empty}>
          Select a node to change its settings. Press ? on the canvas for all keys.
        </p>
      </div>
    </>
  );
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className="wb-number">{text}</dd>
    </div>
  );
}
