import { ActionIcon, Button, Select, Skeleton, Switch, TextInput } from '@mantine/core';
import { IconBoxMultiple, IconBoxOff, IconX } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { type Group, groupLimits } from '#engine/policy/index.ts';
import { SubpolicyIcon } from '../canvas/subpolicy-badges.tsx';
import {
  addToGroup,
  boundaryOf,
  changeGroup,
  foldGroup,
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
import { SelectionActions } from './selection-actions.tsx';
import { MakeSubpolicyButton } from './subpolicy/make-subpolicy-button.tsx';
import { useDraft } from './use-draft.ts';

const SubpolicySection = lazy(async () => ({
  default: (await import('./subpolicy/subpolicy-section.tsx')).SubpolicySection,
}));

/** A group: its name, whether it is folded, its nodes, and what goes in and out. */
export function GroupPanel({ id, group }: { readonly id: string; readonly group: Group }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const readOnly = useDocument((state) => state.readOnly);
  const { ins, outs } = boundaryOf(policy, id);
  const { subpolicy } = group;
  const name = useDraft(group.name, (text) =>
    document.run(changeGroup(id, { name: text }), 'Rename group', { gesture: `group:${id}` }),
  );
  return (
    <>
      <header className={styles.head}>
        {subpolicy === undefined ? <IconBoxMultiple size={22} stroke={1.5} /> : <SubpolicyIcon size={26} />}
        <div className={styles.headText}>
          <h2>{subpolicy === undefined ? 'Group' : 'Sub-policy'}</h2>
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
        {subpolicy !== undefined && (
          <Suspense fallback={<Skeleton height={150} radius="md" />}>
            <SubpolicySection id={id} subpolicy={subpolicy} />
          </Suspense>
        )}
        <Switch
          label="Folded to one card"
          description="Shows what goes in and out, not the nodes."
          checked={group.collapsed}
          onChange={(event) => {
            if (event.currentTarget.checked !== group.collapsed) foldGroup(document, id);
          }}
        />
        <Members id={id} readOnly={readOnly} />
        <Gates title="Goes in" gates={ins} side="in" />
        <Gates title="Goes out" gates={outs} side="out" />
        <SelectionActions canDuplicate={false} withMembers>
          {subpolicy === undefined && (
            <>
              <Button
                variant="default"
                leftSection={<IconBoxOff size={15} />}
                onClick={() => ungroupSelection(document)}
              >
                Ungroup
              </Button>
              <MakeSubpolicyButton />
            </>
          )}
        </SelectionActions>
        <p className={styles.empty}>
          {subpolicy === undefined
            ? 'Groups are for people: they change nothing about how requests are led.'
            : 'Its nodes stand in this policy and can be changed here. What is published elsewhere changes nothing until it is taken over.'}
        </p>
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
                {beyond.length > 0
                  ? `${side === 'in' ? 'from' : 'to'} ${beyond.join(', ')}`
                  : side === 'in'
                    ? 'nothing leads here yet'
                    : 'leads nowhere yet'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
