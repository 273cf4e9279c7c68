import { ActionIcon, Button, Group, Modal, Stack, TagsInput, Text, TextInput, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import type { KeySummary } from '#server/contract/index.ts';
import { keepGatewayKey } from '../client/gateway-key.ts';
import { queryKeys, useSomeKeys } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatAgo, formatCount } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { SecretOnce } from '../look/shown-once.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { May } from '../people/may.tsx';
import { Permitted } from '../people/permitted.tsx';
import styles from './connect.module.css';

/** More are looked through where they can be searched. */
const mostShown = 8;

/** Keys of clients: who they belong to, a new one, taking one away. */
export function KeysCard() {
  const keys = useSomeKeys(mostShown);
  const [making, setMaking] = useState(false);
  return (
    <Card
      title="Keys"
      padded={false}
      aside={
        <May needs="keys.manage">
          <Button
            variant="default"
            leftSection={<IconPlus size={14} stroke={2} />}
            onClick={() => setMaking(true)}
          >
            New key
          </Button>
        </May>
      }
    >
      {keys.isError ? <Failure error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      {keys.data === undefined ? null : (
        <>
          <DataTable label="Keys" columns={columns} rows={keys.data.keys} keyOf={(key) => key.id} />
          <div className={styles.more}>
            <Link href="/teams">
              {keys.data.total > mostShown
                ? `All ${formatCount(keys.data.total)} keys, to search and change`
                : 'Limits, owners and rotation of keys'}
            </Link>
          </div>
        </>
      )}
      <Modal opened={making} onClose={() => setMaking(false)} title="New key" size={440}>
        <NewKey onClose={() => setMaking(false)} />
      </Modal>
    </Card>
  );
}

const columns: readonly Column<KeySummary>[] = [
  {
    key: 'id',
    head: 'Id',
    cell: ({ id, prefix }) => (
      <>
        <span style={{ fontWeight: 500 }}>{id}</span> <code className="wb-code wb-muted">{prefix}…</code>
      </>
    ),
  },
  {
    key: 'team',
    head: 'Team',
    cell: ({ team, project }) => (project === '' ? team : `${team} / ${project}`),
  },
  {
    key: 'tags',
    head: 'Tags',
    cell: ({ tags }) => <span className="wb-muted">{tags.join(', ') || '–'}</span>,
  },
  {
    key: 'made',
    head: 'Made',
    cell: ({ createdAt, origin }) => (
      <span className="wb-muted">
        {origin === 'file' ? 'by file' : formatAgo(Date.parse(createdAt), Date.now())}
      </span>
    ),
  },
  {
    key: 'revoke',
    head: <span className="wb-hidden">Revoke</span>,
    align: 'right',
    cell: (key) => (
      <Permitted needs="keys.manage" team={key.team}>
        <Revoke summary={key} />
      </Permitted>
    ),
  },
];

function Revoke({ summary: { id, origin } }: { readonly summary: KeySummary }) {
  const remove = useChange('deleteKey', {
    stale: [queryKeys.keys],
    failure: `${id} was not revoked`,
    onDone: () => tellDone(`${id} is revoked`),
  });
  if (origin === 'file') return null;
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
    <Tooltip label="Revoke">
      <ActionIcon aria-label={`Revoke ${id}`} onClick={confirm} size="sm">
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

function NewKey({ onClose }: { readonly onClose: () => void }) {
  const [id, setId] = useState('');
  const [team, setTeam] = useState('default');
  const [project, setProject] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const create = useChange('createKey', {
    stale: [queryKeys.keys],
    onDone: ({ secret }) => keepGatewayKey(secret),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      body: { id, team: team.trim() === '' ? 'default' : team.trim(), project: project.trim(), tags },
    });
  };
  if (create.data !== undefined)
    return <SecretOnce id={create.data.id} secret={create.data.secret} onClose={onClose} />;
  const isBadId = id !== '' && !/^[a-z][a-z0-9_-]{0,63}$/.test(id);
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Id"
          placeholder="search-ranking"
          data-autofocus
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          error={isBadId ? 'A lower-case letter, then letters, digits, - or _.' : undefined}
        />
        <Group grow gap="sm">
          <TextInput label="Team" value={team} onChange={(event) => setTeam(event.currentTarget.value)} />
          <TextInput
            label="Project"
            value={project}
            onChange={(event) => setProject(event.currentTarget.value)}
          />
        </Group>
        <TagsInput size="xs" label="Tags" placeholder="batch" value={tags} onChange={setTags} />
        {create.isError ? <Failure error={create.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" disabled={id === '' || isBadId} loading={create.isPending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
