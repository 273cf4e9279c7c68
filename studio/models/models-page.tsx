import { Button, Modal, SegmentedControl, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useModelList, useProviders } from '../client/queries.ts';
import { Failure } from '../look/feedback.tsx';
import { formatCount } from '../look/format.ts';
import { Page } from '../look/page.tsx';
import { May } from '../people/may.tsx';
import { ModelDrawer } from './model-drawer.tsx';
import { ModelForm } from './model-form.tsx';
import { ModelList } from './model-list.tsx';
import { ProvidersTab } from './providers-tab.tsx';

type Tab = 'models' | 'providers';

/** The catalogue: what each model costs and can do, and whether it can be called from here; and who serves it. */
export function ModelsPage() {
  const list = useModelList();
  const providers = useProviders();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const tab: Tab = params.get('tab') === 'providers' ? 'providers' : 'models';
  const open = (model: string | null) => setParams(model === null ? {} : { model });
  const models = list.data?.models;
  return (
    <Page
      title="Models"
      summary={
        list.data === undefined
          ? 'What each model costs and can do.'
          : `Prices in USD per million tokens. Price book ${shortBook(list.data.priceBook)}.`
      }
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="What to show"
            value={tab}
            onChange={(next) => setParams(next === 'providers' ? { tab: next } : {})}
            data={[
              { value: 'models', label: `Models ${count(models)}` },
              { value: 'providers', label: `Providers ${count(providers.data?.providers)}` },
            ]}
          />
          <May needs="models.manage">
            <Button leftSection={<IconPlus size={14} stroke={2} />} onClick={() => setAdding(true)}>
              Add model
            </Button>
          </May>
        </>
      }
    >
      {list.isError ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : null}
      {tab === 'providers' ? (
        <ProvidersTab models={models ?? []} />
      ) : models === undefined ? (
        list.isPending ? (
          <Skeleton height={560} radius="md" />
        ) : null
      ) : (
        <ModelList models={models} onOpen={open} />
      )}
      <ModelDrawer id={params.get('model')} onClose={() => open(null)} />
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add a model" size={660}>
        <ModelForm
          known={null}
          onClose={() => setAdding(false)}
          onSaved={(id) => {
            setAdding(false);
            open(id);
          }}
        />
      </Modal>
    </Page>
  );
}

function count(list: readonly unknown[] | undefined): string {
  return list === undefined ? '' : formatCount(list.length);
}

/** The day and whether something is overridden; the whole name is in every record. */
function shortBook(version: string): string {
  const day = /\d{4}-\d{2}-\d{2}/.exec(version)?.[0] ?? version;
  return version.includes('+overrides-') ? `of ${day}, with prices of your own` : `of ${day}`;
}
