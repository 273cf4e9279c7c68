import { Button, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { KeyHolding } from '#server/contract/index.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatCount, plural } from '../look/format.ts';
import { Card, Figure, Figures } from '../look/page.tsx';
import { May } from '../people/may.tsx';
import { privacyKey, useKeyReport } from './privacy-queries.ts';

/** What is held about a key, and having it gone. */
export function KeyCard() {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const report = useKeyReport(asked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(typed.trim());
  };
  return (
    <Card title="What we hold about a key">
      <Stack gap="md">
        <form onSubmit={submit}>
          <Group gap={8} align="flex-end">
            <TextInput
              label="Key"
              placeholder="its id, such as first-key"
              w={280}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button
              type="submit"
              variant="default"
              disabled={typed.trim() === ''}
              loading={report.isFetching}
            >
              Look it up
            </Button>
          </Group>
        </form>
        {report.isError ? <Failure error={report.error} /> : null}
        {report.isLoading ? <Skeleton height={96} radius="md" /> : null}
        {report.data === undefined ? null : <Report held={report.data} />}
      </Stack>
    </Card>
  );
}

function Report({ held }: { readonly held: KeyHolding }) {
  const [erasing, setErasing] = useState(false);
  const span = held.from === null ? 'none' : `${held.from.slice(0, 10)} to ${held.to?.slice(0, 10)}`;
  return (
    <Stack gap="md">
      <Figures>
        <Figure name="Records" value={formatCount(held.records)} detail={span} />
        <Figure name="Name an end user" value={formatCount(held.withUser)} detail="column caller.user" />
        <Figure
          name="Have metadata"
          value={formatCount(held.withMetadata)}
          detail="column request.metadata"
        />
        <Figure
          name="Texts"
          value={formatCount(held.texts)}
          detail={held.texts === 0 ? 'nothing was kept' : 'encrypted'}
        />
        <Figure name="Audit" value={formatCount(held.auditEntries)} detail="entries about it" />
      </Figures>
      <Group justify="space-between">
        <Text size="sm" className="wb-muted">
          May hold personal data: {held.personalColumns.join(', ')}.
        </Text>
        <May needs="privacy.manage">
          <Button color="red" variant="light" onClick={() => setErasing(true)}>
            Erase …
          </Button>
        </May>
      </Group>
      <Modal
        opened={erasing}
        onClose={() => setErasing(false)}
        title={`Erase what we hold about ${held.key}`}
        size={480}
      >
        <Erase held={held} onClose={() => setErasing(false)} />
      </Modal>
    </Stack>
  );
}

function Erase({ held, onClose }: { readonly held: KeyHolding; readonly onClose: () => void }) {
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  const erase = useChange('eraseKey', {
    stale: [privacyKey],
    onDone: ({ records, texts }) => {
      tellDone(
        `${held.key} is erased`,
        `${plural(texts, 'text')} deleted, ${plural(records, 'record')} made anonymous.`,
      );
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    erase.mutate({ params: { id: held.key }, body: { confirm, reason } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {erase.isError ? <Failure error={erase.error} /> : null}
        <Text size="sm">
          Deleted: {plural(held.texts, 'text')}. Of {plural(held.records, 'record')} users, metadata and what
          conversations are told by are removed; tokens and cost stay, so that bills and budgets stay right.
          The audit keeps that it was done.
        </Text>
        <TextInput
          label="Reason"
          placeholder="request 4711 of 12 May"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={`Write ${held.key} to confirm`}
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={confirm !== held.key} loading={erase.isPending}>
            Erase for good
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
