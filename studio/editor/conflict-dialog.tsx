import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type Side, useDocument } from '../document/index.ts';
import type { SaveState } from './autosave.ts';
import { ConflictChoice } from './conflict-choice.tsx';
import styles from './conflict-dialog.module.css';
import { useEditor } from './editor-state.ts';

interface Props {
  readonly onSettle: (sides: ReadonlyMap<string, Side>) => void;
}

/** Somebody changed the same places meanwhile: place by place, mine or theirs. Everything else is merged by itself. */
export function ConflictDialog({ onSettle }: Props) {
  const save = useEditor((state) => state.save);
  if (save.kind !== 'conflict') return null;
  return <Conflict save={save} onSettle={onSettle} key={save.theirs.revision} />;
}

function Conflict({ save, onSettle }: Props & { readonly save: Extract<SaveState, { kind: 'conflict' }> }) {
  const { conflicts, theirs } = save;
  const [sides, setSides] = useState<ReadonlyMap<string, Side>>(new Map());
  const mine = useDocument((state) => state.policy);
  const all = (side: Side) => setSides(new Map(conflicts.map(({ key }) => [key, side])));
  const open = conflicts.filter(({ key }) => !sides.has(key)).length;
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title="You and a colleague changed the same place"
      size={680}
    >
      <Stack gap="md">
        <Text size="sm">
          Revision {theirs.revision} was saved while you edited. {placesWord(conflicts.length)} below;
          everything else is merged by itself. Nothing is saved until you decide.
        </Text>
        <div className={styles.list}>
          {conflicts.map((conflict) => (
            <ConflictChoice
              key={conflict.key}
              conflict={conflict}
              mine={mine}
              theirs={theirs.policy}
              side={sides.get(conflict.key) ?? null}
              onChoose={(side) => setSides(new Map(sides).set(conflict.key, side))}
            />
          ))}
        </div>
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <Button variant="default" size="sm" onClick={() => all('mine')}>
              Keep all mine
            </Button>
            <Button variant="default" size="sm" onClick={() => all('theirs')}>
              Take all theirs
            </Button>
          </Group>
          <Button size="sm" disabled={open > 0} onClick={() => onSettle(sides)}>
            {open > 0 ? `${open} to decide` : 'Merge and save'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

const placesWord = (count: number): string =>
  count === 1 ? 'Decide about the place' : `Decide about the ${count} places`;
