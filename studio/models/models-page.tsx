import { Checkbox, Group, Select, Skeleton, TextInput } from '@mantine/core';
import { IconSearch, IconStack2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useModelList } from '../client/queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatCount } from '../look/format.ts';
import { GrowingTable } from '../look/growing-table.tsx';
import { Card, Page } from '../look/page.tsx';
import type { Sorting } from '../look/table.tsx';
import { modelColumns } from './model-columns.tsx';
import { type ModelFilter, noFilter, providersOf, selectModels } from './select-models.ts';

/** The catalogue: what each model costs and can do, and whether it can be called from here. */
export function ModelsPage() {
  const list = useModelList();
  const [filter, setFilter] = useState<ModelFilter>(noFilter);
  const [sorting, setSorting] = useState<Sorting>({ by: 'quality', descending: true });
  const models = list.data?.models;
  const rows = useMemo(() => selectModels(models ?? [], filter, sorting), [models, filter, sorting]);
  const summary =
    list.data === undefined
      ? 'What each model costs and can do.'
      : `${formatCount(list.data.models.length)} models. Prices in USD per million tokens, price book ${list.data.priceBook}.`;
  return (
    <Page title="Models" summary={summary}>
      {list.isError ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height={480} radius="md" /> : null}
      {models === undefined ? null : (
        <>
          <Filters filter={filter} onChange={setFilter} providers={providersOf(models)} found={rows.length} />
          <Card padded={false}>
            {rows.length === 0 ? (
              <Empty icon={IconStack2} title="No model fits">
                Loosen the filters, or search for another name.
              </Empty>
            ) : (
              <GrowingTable
                label="Models"
                columns={modelColumns}
                rows={rows}
                keyOf={(model) => model.id}
                sorting={sorting}
                onSort={setSorting}
              />
            )}
          </Card>
        </>
      )}
    </Page>
  );
}

interface FilterProps {
  readonly filter: ModelFilter;
  readonly onChange: (filter: ModelFilter) => void;
  readonly providers: readonly string[];
  readonly found: number;
}

function Filters({ filter, onChange, providers, found }: FilterProps) {
  const flags = [
    ['servedOnly', 'Callable here'],
    ['tools', 'Tools'],
    ['reasoning', 'Reasoning'],
    ['images', 'Images'],
  ] as const;
  return (
    <Group gap="sm" wrap="wrap">
      <TextInput
        w={260}
        size="sm"
        aria-label="Search models"
        placeholder="Search models"
        leftSection={<IconSearch size={15} stroke={1.6} />}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.currentTarget.value })}
      />
      <Select
        w={190}
        size="sm"
        aria-label="Provider"
        placeholder="All providers"
        clearable
        searchable
        data={[...providers]}
        value={filter.provider}
        onChange={(provider) => onChange({ ...filter, provider })}
      />
      {flags.map(([name, label]) => (
        <Checkbox
          key={name}
          size="xs"
          label={label}
          checked={filter[name]}
          onChange={(event) => onChange({ ...filter, [name]: event.currentTarget.checked })}
        />
      ))}
      <span className="wb-muted wb-number" role="status" style={{ marginLeft: 'auto' }}>
        {formatCount(found)} shown
      </span>
    </Group>
  );
}
