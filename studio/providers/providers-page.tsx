import { Button, Drawer, Modal, Skeleton } from '@mantine/core';
import { IconCloud, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { ProviderSummary } from '#server/contract/providers.ts';
import { useProviders } from '../client/queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatCount, plural } from '../look/format.ts';
import { Card, Page } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { May } from '../people/may.tsx';
import { NewProviderForm } from './new-provider-form.tsx';
import { ProviderDetail } from './provider-detail.tsx';
import { ProviderState } from './provider-state.tsx';

/** The upstreams: how their keys stand, adding one, rotating its key, without a restart. */
export function ProvidersPage() {
  const list = useProviders();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const providers = list.data?.providers ?? [];
  const id = params.get('provider');
  const chosen = providers.find((provider) => provider.id === id);
  return (
    <Page
      title="Providers"
      summary="Who answers requests. Keys are encrypted, shown to nobody, and changed without a restart."
      actions={
        <May needs="providers.manage">
          <Button leftSection={<IconPlus size={14} stroke={2} />} onClick={() => setAdding(true)}>
            Add provider
          </Button>
        </May>
      }
    >
      {list.isError ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height={320} radius="md" /> : null}
      {list.isSuccess ? (
        <Card padded={false}>
          {providers.length === 0 ? (
            <Empty icon={IconCloud} title="No providers yet">
              Add one with its key, or set its environment variable.
            </Empty>
          ) : (
            <DataTable
              label="Providers"
              columns={columns}
              rows={providers}
              keyOf={(provider) => provider.id}
              onOpen={(provider) => setParams({ provider: provider.id })}
            />
          )}
        </Card>
      ) : null}
      <Drawer
        opened={chosen !== undefined}
        onClose={() => setParams({})}
        size={520}
        padding="lg"
        title={<strong>{chosen?.id}</strong>}
      >
        {chosen === undefined ? null : (
          <ProviderDetail key={chosen.id} provider={chosen} onGone={() => setParams({})} />
        )}
      </Drawer>
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add a provider" size={520}>
        <NewProviderForm
          choices={list.data?.choices ?? []}
          privateAllowed={list.data?.privateAllowed ?? false}
          onClose={(made) => {
            setAdding(false);
            if (made !== null) setParams({ provider: made });
          }}
        />
      </Modal>
    </Page>
  );
}

const origins = {
  file: 'config file',
  environment: 'environment',
  studio: 'studio',
  waybill: 'built in',
} as const;

const columns: readonly Column<ProviderSummary>[] = [
  { key: 'id', head: 'Provider', cell: ({ id }) => <strong style={{ fontWeight: 500 }}>{id}</strong> },
  { key: 'kind', head: 'Kind', cell: ({ kind, preset }) => preset ?? kind },
  {
    key: 'url',
    head: 'Address',
    width: '32%',
    truncate: true,
    cell: ({ baseUrl }) => <code className="wb-code wb-muted">{baseUrl || '–'}</code>,
  },
  { key: 'state', head: 'State', cell: (provider) => <ProviderState provider={provider} /> },
  {
    key: 'keys',
    head: 'Keys',
    cell: ({ keys }) => (
      <span className="wb-muted">{keys.length === 0 ? 'none' : plural(keys.length, 'key')}</span>
    ),
  },
  { key: 'models', head: 'Models', align: 'right', cell: ({ models }) => formatCount(models) },
  {
    key: 'origin',
    head: 'From',
    cell: ({ origin }) => <span className="wb-muted">{origins[origin]}</span>,
  },
];
