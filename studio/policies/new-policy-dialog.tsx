import { Button, Group, Modal, Skeleton, Stack, TextInput } from '@mantine/core';
import { IconSquareDashed } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { queryKeys } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './policies.module.css';
import { PolicyPreview } from './policy-preview.tsx';
import { type Start, useStarts } from './use-templates.ts';

const empty = 'empty';
const plainName = 'New policy';

/** Name and starting point of a new policy; opens it when it is made. */
export function NewPolicyDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const [, navigate] = useLocation();
  /** `null`: not typed yet, so it goes by what was chosen. */
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState(empty);
  const { starts, isPending, error } = useStarts();
  const start = starts.find(({ id }) => id === chosen);
  const name = typed ?? start?.title ?? plainName;
  const create = useChange('createPolicy', {
    stale: [queryKeys.policies],
    onDone: ({ policy }) => {
      onClose();
      setTyped(null);
      navigate(`/policies/${policy.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const title = name.trim();
    // The server makes the id from the name; the document's own is replaced by it.
    const policy = start?.policy;
    create.mutate({ body: { name: title, ...(policy === undefined ? {} : { policy }) } });
  };
  return (
    <Modal opened={opened} onClose={onClose} title="New policy" size={940}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name"
            size="sm"
            placeholder="Support routing"
            maxLength={120}
            data-autofocus
            value={name}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <fieldset className={styles.starts}>
            <legend>Start from</legend>
            <div className={styles.gallery}>
              <StartCard
                title="Empty canvas"
                summary="Draw it yourself."
                isChosen={start === undefined}
                onChoose={() => setChosen(empty)}
              >
                <IconSquareDashed size={44} stroke={1} aria-hidden="true" />
              </StartCard>
              {starts.map(({ id, title, summary, policy }) => (
                <StartCard
                  key={id}
                  title={title}
                  summary={summary}
                  isChosen={chosen === id}
                  onChoose={() => setChosen(id)}
                >
                  <PolicyPreview policy={policy} />
                </StartCard>
              ))}
              {isPending ? <Skeleton height={180} radius="md" /> : null}
            </div>
          </fieldset>
          {error === null ? null : <Failure error={error} />}
          {create.isError ? <Failure error={create.error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" size="sm" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" size="sm" disabled={name.trim() === ''} loading={create.isPending}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface StartCardProps extends Pick<Start, 'title' | 'summary'> {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function StartCard({ title, summary, isChosen, onChoose, children }: StartCardProps) {
  return (
    <label className={styles.start}>
      <input type="radio" name="start" checked={isChosen} onChange={onChoose} />
      <span className={styles.preview}>{children}</span>
      <span>
        <strong>{title}</strong>
        <small>{summary}</small>
      </span>
    </label>
  );
}
