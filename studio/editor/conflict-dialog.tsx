import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { queryKeys } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { useDocument, useDocumentActions } from '../document/index.ts';
import { useEditor } from './editor-state.ts';

interface Props {
  readonly onOpenPolicy: (id: string) => void;
  readonly onEnvelope: (envelope: PolicyEnvelope) => void;
  readonly onDecided: () => void;
}

/** Somebody changed the same place meanwhile: theirs, or mine as a copy. Nothing is lost either way. */
export function ConflictDialog({ onOpenPolicy, onEnvelope, onDecided }: Props) {
  const save = useEditor((state) => state.save);
  if (save.kind !== 'conflict') return null;
  return (
    <Conflict
      theirs={save.theirs}
      onOpenPolicy={onOpenPolicy}
      onEnvelope={onEnvelope}
      onDecided={onDecided}
    />
  );
}

function Conflict({
  theirs,
  onOpenPolicy,
  onEnvelope,
  onDecided,
}: Props & { readonly theirs: PolicyEnvelope }) {
  const document = useDocumentActions();
  const mine = useDocument((state) => state.policy);
  const takeTheirs = () => {
    document.reset(theirs.policy, theirs.revision);
    onEnvelope(theirs);
    onDecided();
  };
  const copy = useChange('createPolicy', {
    stale: [queryKeys.policies],
    failure: 'Your changes were not copied',
    onDone: (made) => {
      takeTheirs();
      onOpenPolicy(made.policy.id);
    },
  });
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title={`Somebody saved revision ${theirs.revision}`}
      size={480}
    >
      <Stack gap="md">
        <Text size="sm">
          It changes the same places as your edits, so the two cannot be merged. Your edits are kept in this
          browser until you choose.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            size="sm"
            loading={copy.isPending}
            onClick={() => copy.mutate({ body: { name: `${mine.name} (my changes)`, policy: mine } })}
          >
            Keep mine as a copy
          </Button>
          <Button size="sm" onClick={takeTheirs} data-autofocus>
            Load theirs
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
