import { Button, Group, Skeleton } from '@mantine/core';
import { IconFileImport, IconPlus, IconRoute } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { PolicySummary, PolicyUse } from '#server/contract/index.ts';
import { usePolicies } from '../client/queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatAgo, formatTimeFully, plural } from '../look/format.ts';
import { Card, Page } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { May } from '../people/may.tsx';
import { tellTaken } from '../publish/used-in.tsx';
import { useCommands } from '../shell/command-registry.ts';
import { ImportPolicyDialog } from './import-policy-dialog.tsx';
import { NewPolicyDialog } from './new-policy-dialog.tsx';
import styles from './policies.module.css';
import { PolicyMenu } from './policy-menu.tsx';

/** All policies, and the way to a new one. */
export function PoliciesPage() {
  const policies = usePolicies();
  const [, navigate] = useLocation();
  const [naming, setNaming] = useState(false);
  const [importing, setImporting] = useState(false);
  useCommands(
    useMemo(
      () => [
        { id: 'new-policy', label: 'New policy…', group: 'Policies', run: () => setNaming(true) },
        { id: 'import-policy', label: 'Import a policy…', group: 'Policies', run: () => setImporting(true) },
      ],
      [],
    ),
  );
  const create = (
    <Group gap="xs">
      <May needs="policies.edit">
        <Button
          variant="default"
          leftSection={<IconFileImport size={15} stroke={1.7} />}
          onClick={() => setImporting(true)}
        >
          Import…
        </Button>
      </May>
      <May needs="policies.edit">
        <Button leftSection={<IconPlus size={15} stroke={2} />} onClick={() => setNaming(true)}>
          New policy
        </Button>
      </May>
    </Group>
  );
  return (
    <Page title="Policies" summary="Each one is a drawing of how requests find a model." actions={create}>
      {policies.isError ? <Failure error={policies.error} onRetry={() => void policies.refetch()} /> : null}
      {policies.isPending ? <Skeleton height={220} radius="md" /> : null}
      {policies.data === undefined ? null : (
        <Card padded={false}>
          {policies.data.policies.length === 0 ? (
            <Empty icon={IconRoute} title="No policies yet" action={create}>
              A policy decides which model answers a request. Start from a drawing that works as it is, or
              from an empty canvas; test a request, then publish it.
            </Empty>
          ) : (
            <DataTable
              label="Policies"
              columns={columnsFor(policies.data.policies)}
              rows={policies.data.policies}
              keyOf={(policy) => policy.id}
              onOpen={(policy) => navigate(`/policies/${policy.id}`)}
            />
          )}
        </Card>
      )}
      <NewPolicyDialog opened={naming} onClose={() => setNaming(false)} />
      <ImportPolicyDialog opened={importing} onClose={() => setImporting(false)} />
    </Page>
  );
}

/** Where no policy is used in another, nobody needs a column about it. */
function columnsFor(policies: readonly PolicySummary[]): readonly Column<PolicySummary>[] {
  return policies.some(({ usedIn }) => usedIn.length > 0)
    ? columns
    : columns.filter(({ key }) => key !== 'used');
}

const columns: readonly Column<PolicySummary>[] = [
  {
    key: 'name',
    head: 'Name',
    cell: ({ id, name, origin }) => (
      <div className={styles.name}>
        <Link href={`/policies/${id}`} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
        <code>
          policy/{id}
          {origin === 'file' ? ' · managed by file' : ''}
        </code>
      </div>
    ),
  },
  { key: 'serves', head: 'Serves', cell: ({ aliases }) => <Aliases aliases={aliases} /> },
  { key: 'used', head: 'Used in', cell: ({ usedIn }) => <UsedIn uses={usedIn} /> },
  { key: 'published', head: 'Published', cell: (policy) => <Published policy={policy} /> },
  { key: 'draft', head: 'Draft', cell: (policy) => <Draft policy={policy} /> },
  {
    key: 'problems',
    head: 'Problems',
    cell: ({ errors }) =>
      errors === 0 ? (
        <Status tone="good">none</Status>
      ) : (
        <Status tone="bad">{plural(errors, 'error')}</Status>
      ),
  },
  { key: 'nodes', head: 'Nodes', align: 'right', cell: ({ nodes }) => nodes },
  {
    key: 'updated',
    head: 'Changed',
    align: 'right',
    cell: ({ updatedAt }) => (
      <span className="wb-muted" title={formatTimeFully(Date.parse(updatedAt))}>
        {formatAgo(Date.parse(updatedAt), Date.now())}
      </span>
    ),
  },
  {
    key: 'menu',
    head: <span className="wb-hidden">Actions</span>,
    align: 'right',
    cell: (policy) => <PolicyMenu policy={policy} />,
  },
];

function Aliases({ aliases }: { readonly aliases: readonly string[] }) {
  if (aliases.length === 0) return <span className="wb-muted">–</span>;
  return (
    <span className={styles.aliases}>
      {aliases.map((alias) => (
        <code key={alias} className={styles.alias}>
          {alias}
        </code>
      ))}
    </span>
  );
}

function UsedIn({ uses }: { readonly uses: readonly PolicyUse[] }) {
  if (uses.length === 0) return <span className="wb-muted">–</span>;
  return (
    <span className={styles.uses}>
      {uses.map((use) => (
        <Link
          key={`${use.policy} ${use.version}`}
          href={`/policies/${use.policy}`}
          onClick={(event) => event.stopPropagation()}
        >
          {use.name} <span className="wb-muted">{tellTaken(use)}</span>
        </Link>
      ))}
    </span>
  );
}

function Published({ policy: { published } }: { readonly policy: PolicySummary }) {
  if (published === null) return <span className="wb-muted">never</span>;
  return (
    <span title={published.note === '' ? undefined : published.note}>
      v{published.version}{' '}
      <span className="wb-muted">· {formatAgo(Date.parse(published.at), Date.now())}</span>
    </span>
  );
}

function Draft({ policy: { published, hash } }: { readonly policy: PolicySummary }) {
  if (published?.hash === hash) return <span className="wb-muted">as published</span>;
  return <Status tone="accent">{published === null ? 'unpublished' : 'differs'}</Status>;
}
