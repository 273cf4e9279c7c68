import { Popover, Tooltip } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { type DragEvent, useCallback, useState } from 'react';
import { kindNamed, type NodeKindName, nodeRegistry } from '#engine/nodes/index.ts';
import {
  insertNode,
  insertNote,
  type PolicyDocument,
  placeAbout,
  type Spot,
  useDocument,
  useDocumentActions,
} from '../document/index.ts';
import { ChoiceList } from './choice-list.tsx';
import { exitsAt } from './exits-at.ts';
import { KindIcon } from './kind-icon.tsx';
import styles from './palette.module.css';
import { SubpolicyIcon } from './subpolicy-badges.tsx';
import { subpolicySection } from './subpolicy-choices.tsx';
import { kindMime, noteMime, subpolicyMime } from './use-drop.ts';
import { useOffers } from './use-offers.ts';

/** Every kind, to drag onto the canvas or into an edge; a click adds it behind the selected node. */
export function Palette() {
  const document = useDocumentActions();
  const readOnly = useDocument((state) => state.readOnly);
  const add = (kind: NodeKindName): void => {
    const id = insertNode(document, kind, spotBehindSelected(document));
    if (id !== undefined) document.show({ node: id, focus: 'canvas' });
  };
  const addNote = (): void => {
    const { policy, selection } = document.store.getState();
    const mark = insertNote(document, placeAbout(policy, [...selection][0]));
    if (mark !== undefined) document.show({ node: mark, focus: 'inspector' });
  };
  const onDragStart = (event: DragEvent, kind: NodeKindName): void => {
    event.dataTransfer.setData(kindMime(kind), kind);
    event.dataTransfer.setData('text/plain', kindNamed(kind).form.title);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <section className={styles.palette} aria-label="Palette">
      <h2 className={styles.title}>Nodes</h2>
      {nodeRegistry.map(({ kind, form }) => (
        <Tooltip key={kind} label={`${form.title}: ${form.summary}`} position="right" multiline maw={220}>
          <button
            type="button"
            className={styles.kind}
            disabled={readOnly}
            draggable={!readOnly}
            data-kind={kind}
            onDragStart={(event) => onDragStart(event, kind)}
            onClick={() => add(kind)}
          >
            <KindIcon kind={kind} size={26} />
            <span className={styles.label}>{form.title}</span>
          </button>
        </Tooltip>
      ))}
      <SubpolicyEntry readOnly={readOnly} />
      <h2 className={styles.title}>For people</h2>
      <Tooltip
        label="Note: a text beside the nodes. It changes nothing about how requests are led."
        position="right"
        multiline
        maw={220}
      >
        <button
          type="button"
          className={styles.kind}
          disabled={readOnly}
          draggable={!readOnly}
          data-kind="note"
          onDragStart={(event) => {
            event.dataTransfer.setData(noteMime, 'note');
            event.dataTransfer.setData('text/plain', 'Note');
            event.dataTransfer.effectAllowed = 'copy';
          }}
          onClick={addNote}
        >
          <span className={styles.noteIcon} aria-hidden="true">
            <IconNote size={16} stroke={1.75} />
          </span>
          <span className={styles.label}>Note</span>
        </button>
      </Tooltip>
    </section>
  );
}

/** The first open exit of what is selected alone; else nowhere in particular. */
function spotBehindSelected({ store }: PolicyDocument): Spot {
  const { policy, selection, marks } = store.getState();
  const [selected, second] = [...selection, ...marks];
  if (selected === undefined || second !== undefined) return { kind: 'free' };
  const open = exitsAt(policy, selected).find(({ to }) => to === null);
  return open === undefined ? { kind: 'free' } : { kind: 'exit', exit: open.exit };
}

/** A published policy to be used in this one: dragged to where it goes, or chosen from a list behind what is selected. */
function SubpolicyEntry({ readOnly }: { readonly readOnly: boolean }) {
  const document = useDocumentActions();
  const [spot, setSpot] = useState<Spot | null>(null);
  return (
    <Popover
      opened={spot !== null}
      onChange={() => setSpot(null)}
      position="right-start"
      offset={10}
      returnFocus
    >
      <Popover.Target>
        <Tooltip
          label="Sub-policy: a published policy, used in this one. Open it where it stands, and bring it to newer versions."
          position="right"
          multiline
          maw={220}
          disabled={spot !== null}
        >
          <button
            type="button"
            className={styles.kind}
            disabled={readOnly}
            draggable={!readOnly}
            data-kind="subpolicy"
            aria-haspopup="dialog"
            aria-expanded={spot !== null}
            onDragStart={(event) => {
              event.dataTransfer.setData(subpolicyMime, 'subpolicy');
              event.dataTransfer.setData('text/plain', 'Sub-policy');
              event.dataTransfer.effectAllowed = 'copy';
            }}
            onClick={() => setSpot(spotBehindSelected(document))}
          >
            <SubpolicyIcon size={26} />
            <span className={styles.label}>Sub-policy</span>
          </button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={styles.offers}>
        {spot !== null && <Offers spot={spot} onLeave={() => setSpot(null)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Offers({ spot, onLeave }: { readonly spot: Spot; readonly onLeave: () => void }) {
  const document = useDocumentActions();
  const { offers, takeOver, why } = useOffers(spot);
  const sectionsFor = useCallback(
    (search: string) => [
      subpolicySection(offers, search, (offer) => {
        onLeave();
        void takeOver(offer).then((mark) => {
          if (mark !== undefined) document.show({ node: mark, focus: 'canvas' });
        });
      }),
    ],
    [document, offers, takeOver, onLeave],
  );
  return (
    <ChoiceList
      label="Insert a sub-policy"
      placeholder="Which policy?"
      empty={why}
      sectionsFor={sectionsFor}
      onLeave={onLeave}
    />
  );
}
