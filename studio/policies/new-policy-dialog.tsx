import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconSquareDashed } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { emptyPolicy } from '#engine/policy/index.ts';
import { KindIcon } from '../canvas/kind-icon.tsx';
import { queryKeys } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './policies.module.css';
import { templates } from './templates.ts';

const empty = { id: 'empty', title: 'Empty canvas', summary: 'Draw it yourself.', kind: null } as const;

/** Name and starting point of a new policy; opens it when it is made. */
export function NewPolicyDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [start, setStart] = useState<string>(empty.id);
  const create = useChange('createPolicy', {
    stale: [queryKeys.policies],
    onDone: ({ policy }) => {
      onClose();
      setName('');
      navigate(`/policies/${policy.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const template = templates.find((one) => one.id === start);
    const title = name.trim();
    // The server makes the id from the name; the document's own is replaced by it.
    const policy = template === undefined ? undefined : { ...emptyPolicy('new', title), ...template.draft };
    create.mutate({ body: { name: title, ...(policy === undefined ? {} : { policy }) } });
  };
  return (
    <Modal opened={opened} onClose={onClose} title="New policy" size={520}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name"
            size="sm"
            placeholder="Support routing"
            maxLength={120}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <fieldset className={styles.starts}>
            <legend>Start from</legend>
            {[empty, ...templates].map(({ id, title, summary, kind }) => (
              <label key={id} className={styles.start}>
                <input
                  type="radio"
                  name="start"
                  value={id}
                  checked={start === id}
                  onChange={() => setStart(id)}
                />
                {kind === null ? (
                  <IconSquareDashed size={26} stroke={1.4} />
                ) : (
                  <KindIcon kind={kind} size={26} />
                )}
                <span>
                  <strong>{title}</strong>
                  <small>{summary}</small>
                </span>
              </label>
            ))}
          </fieldset>
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
