import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import type { Deployment } from '#server/contract/index.ts';
import { queryKeys, useDeployments, usePolicies } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { Permitted } from '../people/permitted.tsx';
import styles from './connect.module.css';

const stale = [queryKeys.deployments, queryKeys.policies];

/** What clients may write as `model`, and which policy answers. */
export function AliasesCard() {
  const deployments = useDeployments();
  return (
    <Card title="Aliases" padded={false}>
      {deployments.isError ? <Failure error={deployments.error} /> : null}
      <DataTable
        label="Aliases"
        columns={columns}
        rows={deployments.data?.deployments ?? []}
        keyOf={(one) => one.alias}
      />
      <Permitted needs="policies.publish">
        <PointAlias />
      </Permitted>
    </Card>
  );
}

const columns: readonly Column<Deployment>[] = [
  { key: 'alias', head: 'Model name', cell: ({ alias }) => <code className="wb-code">{alias}</code> },
  { key: 'policy', head: 'Policy', cell: ({ policy }) => <Link href={`/policies/${policy}`}>{policy}</Link> },
  {
    key: 'version',
    head: 'Version',
    cell: ({ version }) => (version === null ? <span className="wb-muted">newest</span> : `v${version}`),
  },
  {
    key: 'remove',
    head: <span className="wb-hidden">Remove</span>,
    align: 'right',
    cell: (one) => (
      <Permitted needs="policies.publish">
        <Remove deployment={one} />
      </Permitted>
    ),
  },
];

function Remove({ deployment: { alias, origin } }: { readonly deployment: Deployment }) {
  const remove = useChange('deleteDeployment', {
    stale,
    failure: `${alias} was not removed`,
    onDone: () => tellDone(`${alias} is removed`, 'Requests for it are refused from now on.'),
  });
  if (origin === 'file') return <span className="wb-muted">by file</span>;
  return (
    <Tooltip label="Remove alias">
      <ActionIcon
        size="sm"
        aria-label={`Remove ${alias}`}
        onClick={() => remove.mutate({ params: { alias } })}
      >
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Points a name at a policy; a name that exists is pointed elsewhere. */
function PointAlias() {
  const policies = usePolicies();
  const [alias, setAlias] = useState('');
  const [policy, setPolicy] = useState<string | null>(null);
  const point = useChange('writeDeployment', {
    stale,
    failure: 'The alias was not set',
    onDone: (done) => {
      setAlias('');
      tellDone(`${done.alias} is served by ${done.policy}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (policy !== null) point.mutate({ params: { alias: alias.trim() }, body: { policy } });
  };
  const published = (policies.data?.policies ?? []).filter((one) => one.published !== null);
  return (
    <form className={styles['row-form']} onSubmit={submit}>
      <TextInput
        label="Name or pattern"
        placeholder="auto, claude-*"
        value={alias}
        onChange={(event) => setAlias(event.currentTarget.value)}
      />
      <Select
        label="Served by"
        placeholder="Policy"
        data={published.map(({ id, name }) => ({ value: id, label: name }))}
        value={policy}
        onChange={setPolicy}
      />
      <Button
        type="submit"
        variant="default"
        disabled={alias.trim() === '' || policy === null}
        loading={point.isPending}
      >
        Set
      </Button>
    </form>
  );
}
