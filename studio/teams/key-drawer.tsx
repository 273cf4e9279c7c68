import { Autocomplete, Button, Drawer, Group, Modal, Select, Skeleton, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconRotate, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { KeySummary } from '#server/contract/keys.ts';
import { governanceKeys, useBudgetList, useKeySearch, useTeams } from '../client/governance-queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatAgo, formatTimeFully } from '../look/format.ts';
import { HistoryLink } from '../look/history-link.tsx';
import { SecretOnce } from '../look/shown-once.tsx';
import { May } from '../people/may.tsx';
import { Permitted } from '../people/permitted.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { budgetsOfKey } from './budgets-of.ts';
import { bodyOf, draftOf } from './key-draft.ts';
import { KeyFields } from './key-fields.tsx';
import { KeyState } from './key-list.tsx';
import styles from './teams.module.css';

const stale = [governanceKeys.keys, governanceKeys.teams, governanceKeys.audit];

/** One key with everything it is held to; rotating and revoking it. */
export function KeyDrawer({ id, onClose }: { readonly id: string | null; readonly onClose: () => void }) {
  const found = useKeySearch(id === null ? { search: '' } : { search: id });
  const key = found.data?.pages.flatMap((page) => page.keys).find((one) => one.id === id);
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      size={560}
      padding="lg"
      title={
        <Group gap={8}>
          <strong>{id}</strong>
          <code className="wb-code wb-muted">{key === undefined ? '' : `${key.prefix}…`}</code>
        </Group>
      }
    >
      {found.isError ? <Failure error={found.error} /> : null}
      {found.isPending ? <Skeleton height={400} radius="md" /> : null}
      {found.isSuccess && !found.isFetching && key === undefined && id !== null ? (
        <p className="wb-muted">There is no key of that name any more.</p>
      ) : null}
      {key === undefined || id === null ? null : <Detail key={id} summary={key} onClose={onClose} />}
    </Drawer>
  );
}

function Detail({ summary, onClose }: { readonly summary: KeySummary; readonly onClose: () => void }) {
  const budgets = useBudgetList();
  const own = budgetsOfKey(budgets.data?.budgets ?? [], summary.id);
  const isOurs = summary.origin === 'studio';
  return (
    <div className={styles.sections}>
      <Group gap="sm">
        <KeyState state={summary.state} />
        <span className="wb-muted">
          {summary.lastUsedAt === null
            ? 'never used'
            : `last used ${formatAgo(Date.parse(summary.lastUsedAt), Date.now())}`}
        </span>
        <Permitted needs="audit.read">
          <HistoryLink subject={summary.id} />
        </Permitted>
      </Group>
      {summary.previous === null ? null : (
        <p className={styles.note}>
          The secret before, <code className="wb-code">{summary.previous.prefix}…</code>, is good until{' '}
          {formatTimeFully(Date.parse(summary.previous.until))}.
        </p>
      )}
      {own.map((budget) => (
        <BudgetBar key={budget.id} budget={budget} />
      ))}
      {isOurs ? (
        <>
          <Group gap={6}>
            <Rotate summary={summary} />
            <Revoke summary={summary} onClose={onClose} />
          </Group>
          <Rules summary={summary} />
          <p className="wb-muted">
            Made {formatTimeFully(Date.parse(summary.createdAt))}
            {summary.createdBy === '' ? '' : ` by ${summary.createdBy}`}
            {summary.rotatedAt === null
              ? '.'
              : `, rotated ${formatAgo(Date.parse(summary.rotatedAt), Date.now())}.`}
          </p>
        </>
      ) : (
        <p className="wb-muted">Managed by the config file: it is changed there.</p>
      )}
    </div>
  );
}

function Rules({ summary }: { readonly summary: KeySummary }) {
  const teams = useTeams();
  const [draft, setDraft] = useState(() => draftOf(summary));
  const [reason, setReason] = useState('');
  const save = useChange('changeKey', {
    stale,
    onDone: () => {
      setReason('');
      tellDone(`${summary.id} is changed`, 'It holds for the next request.');
    },
  });
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(summary));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          params: { id: summary.id },
          body: { ...bodyOf(draft), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
        });
      }}
    >
      <Group grow gap="sm">
        <Autocomplete
          size="xs"
          label="Team"
          data={(teams.data?.teams ?? []).map(({ id }) => id)}
          value={draft.team}
          onChange={(team) => setDraft({ ...draft, team })}
        />
        <TextInput
          label="Project"
          value={draft.project}
          onChange={(event) => setDraft({ ...draft, project: event.currentTarget.value })}
        />
      </Group>
      <KeyFields draft={draft} onChange={setDraft} />
      {changed ? (
        <TextInput
          label="Reason"
          placeholder="for the audit"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
      {save.isError ? <Failure error={save.error} /> : null}
      <Group justify="flex-end">
        <May needs="keys.manage" team={summary.team}>
          <Button type="submit" size="sm" disabled={!changed} loading={save.isPending}>
            Save rules
          </Button>
        </May>
      </Group>
    </form>
  );
}

const overlaps = [
  { value: '0', label: 'The old one ends at once' },
  { value: '1', label: 'Both are good for an hour' },
  { value: '24', label: 'Both are good for a day' },
  { value: '168', label: 'Both are good for a week' },
];

function Rotate({ summary: { id, team } }: { readonly summary: KeySummary }) {
  const [open, setOpen] = useState(false);
  const [hours, setHours] = useState('24');
  const rotate = useChange('rotateKey', { stale });
  const close = () => {
    setOpen(false);
    rotate.reset();
  };
  return (
    <>
      <May needs="keys.manage" team={team}>
        <Button
          variant="default"
          leftSection={<IconRotate size={14} stroke={1.6} />}
          onClick={() => setOpen(true)}
        >
          Rotate
        </Button>
      </May>
      <Modal opened={open} onClose={close} title={`Rotate ${id}`} size={480}>
        {rotate.data === undefined ? (
          <div className={styles.form}>
            <Select
              label="The secret it has now"
              allowDeselect={false}
              data={overlaps}
              value={hours}
              onChange={(value) => setHours(value ?? '24')}
            />
            {rotate.isError ? <Failure error={rotate.error} /> : null}
            <Group justify="flex-end">
              <Button
                size="sm"
                loading={rotate.isPending}
                onClick={() => rotate.mutate({ params: { id }, body: { overlapHours: Number(hours) } })}
              >
                Make a new secret
              </Button>
            </Group>
          </div>
        ) : (
          <SecretOnce id={id} secret={rotate.data.secret} onClose={close} />
        )}
      </Modal>
    </>
  );
}

function Revoke({
  summary: { id, team },
  onClose,
}: {
  readonly summary: KeySummary;
  readonly onClose: () => void;
}) {
  const remove = useChange('deleteKey', {
    stale,
    failure: `${id} was not revoked`,
    onDone: () => {
      tellDone(`${id} is revoked`);
      onClose();
    },
  });
  const confirm = () =>
    modals.openConfirmModal({
      title: `Revoke ${id}?`,
      children: (
        <Text size="sm">Requests with this key are refused from then on. This cannot be undone.</Text>
      ),
      labels: { confirm: 'Revoke', cancel: 'Keep' },
      confirmProps: { color: 'red', size: 'sm' },
      cancelProps: { size: 'sm' },
      onConfirm: () => remove.mutate({ params: { id } }),
    });
  return (
    <May needs="keys.manage" team={team}>
      <Button
        variant="default"
        leftSection={<IconTrash size={14} stroke={1.6} />}
        loading={remove.isPending}
        onClick={confirm}
      >
        Revoke
      </Button>
    </May>
  );
}
