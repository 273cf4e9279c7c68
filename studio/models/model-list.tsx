import { IconStack2 } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ModelRow } from '../client/queries.ts';
import { Empty } from '../look/feedback.tsx';
import { GrowingTable } from '../look/growing-table.tsx';
import { Card } from '../look/page.tsx';
import type { Sorting } from '../look/table.tsx';
import { modelColumns } from './model-columns.tsx';
import { ModelFilters } from './model-filters.tsx';
import { type ModelFilter, noFilter, providersOf, selectModels } from './select-models.ts';

/** The catalogue as a table: narrowed, sorted, opened. */
export function ModelList({
  models,
  onOpen,
}: {
  readonly models: readonly ModelRow[];
  readonly onOpen: (id: string) => void;
}) {
  const [filter, setFilter] = useState<ModelFilter>(noFilter);
  const [sorting, setSorting] = useState<Sorting>({ by: 'quality', descending: true });
  // Typing stays ahead of a table of a thousand rows.
  const settled = useDeferredValue(filter);
  const rows = useMemo(() => selectModels(models, settled, sorting), [models, settled, sorting]);
  const providers = useMemo(() => providersOf(models), [models]);
  return (
    <Card padded={false}>
      <ModelFilters
        filter={filter}
        onChange={setFilter}
        providers={providers}
        found={rows.length}
        all={models.length}
      />
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
          onOpen={(model) => onOpen(model.id)}
        />
      )}
    </Card>
  );
}
