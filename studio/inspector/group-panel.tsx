import { ActionIcon, Button, Select, Switch, TextInput } from '@mantine/core';
import { IconBoxMultiple, IconBoxOff, IconTrash, IconX } from '@tabler/icons-react';
import { type Group, groupLimits } from '#engine/policy/index.ts';
import {
  addToGroup,
  boundaryOf,
  changeGroup,
  deleteSelection,
  type Gate,
  membersOf,
  takeOutOfGroups,
  titleIn,
  ungroupSelection,
  useDocument,
  useDocumentActions,
} from '../document/index.ts';
import styles from './inspector.module.css';
import markStyles from './mark-panel.module.css';
import { useDraft } from './use-draft.ts';

/** A group: its name, whether it is folded, its nodes, and what goes in and out. */
export function GroupPanel({ id, group }: { readonly id: string; readonly group: Group }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const readOnly = useDocument((state) => state.readOnly);
  const { ins, outs } = boundaryOf(policy, id);
  const name = useDraft(group.name, (text) =>
    document.run(changeGroup(id, { name: text }), 'Rename group', { gesture: `group:${id}` }),
  );
  return (
    <>
      <header className={styles.head}>
        <IconBoxMultiple size={22} stroke={1.5} />
        <div className={styles.headText}>
          <h2>Group</h2>
          <span className={styles.id}>{id}</span>
        </div>
      </header>
      <div className={styles.body}>
        <TextInput
          data-field="name"
          label="Name"
          maxLength={groupLimits.characters}
          value={name.text}
          readOnly={readOnly}
          error={name.isRefused && 'A group needs a name.'}
          onChange={(event) => name.onText(event.currentTarget.value)}
          onBlur={name.onLeave}
        />
        <Switch
          label="Folded to one card"
          description="Shows what goes in and out, not the nodes."
          checked={group.collapsed}
          disabled={readOnly}
          onChange={(event) => {
            const collapsed = event.currentTarget.checked;
            document.run(changeGroup(id, { collapsed }), `${collapsed ? 'Fold' : 'Unfold'} ${group.name}`);
          }}
        />
        <Members id={id} readOnly={readOnly} />
        <Gates title="Goes in" gates={ins} side="in" />
        <Gates title="Goes out" gates={outs} side="out" />
        {!readOnly && (
          <div className={styles.actions}>
            <Button
              variant="default"
              leftSection={<IconBoxOff size={15} />}
              onClick={() => ungroupSelection(document)}
            >
              Ungroup
            </Button>
            <Button
              variant="default"
              leftSection={<IconTrash size={15} />}
              onClick={() => deleteSelection(document, { withMembers: true })}
            >
              Delete with its nodes
            </Button>
          </div>
        )}
        <p className={styles.empty}>Groups are for people: they change nothing about how requests are led.</p>
      </div>
    </>
  );
}

function Members({ id, readOnly }: { readonly id: string; readonly readOnly: boolean }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const nodes = membersOf(policy).get(id) ?? [];
  const others = Object.keys(policy.nodes).filter((node) => !nodes.includes(node));
  return (
    <section className={styles.section}>
      <h3>Nodes</h3>
      <ul className={markStyles.list}>
        {nodes.map((node) => (
          <li key={node}>
            <button
              type="button"
              className={markStyles.goTo}
              onClick={() => document.show({ node, focus: 'canvas' })}
            >
              {titleIn(policy, node)}
            </button>
            {!readOnly && (
              <ActionIcon
                size={24}
                aria-label={`Take ${titleIn(policy, node)} out of the group`}
                onClick={() =>
                  document.run(takeOutOfGroups([node]), `Take ${titleIn(policy, node)} out of the group`)
                }
              >
                <IconX size={14} stroke={1.75} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && others.length > 0 && (
        <Select
          aria-label="Add a node to the group"
          placeholder="Add a node…"
          data={others.map((node) => ({ value: node, label: `${titleIn(policy, node)} (${node})` }))}
          value={null}
          searchable
          onChange={(node) => {
            if (node !== null)
              document.run(addToGroup(id, [node]), `Add ${titleIn(policy, node)} to the group`);
          }}
        />
      )}
    </section>
  );
}

function Gates({
  title,
  gates,
  side,
}: {
  readonly title: string;
  readonly gates: readonly Gate[];
  readonly side: 'in' | 'out';
}) {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {gates.length === 0 ? (
        <p className={styles.empty}>Nothing.</p>
      ) : (
        <ul className={markStyles.gates}>
          {gates.map(({ id, text, beyond }) => (
            <li key={id}>
              <span>{text}</span>
              <span className={markStyles.beyond}>
                {side === 'in' ? 'from' : 'to'} {beyond.join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
