import { Button, Select } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { type FormField, targetPattern } from '#engine/nodes/index.ts';
import type { ModelRow } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import { finderOf } from '../look/found-by.ts';
import styles from './inspector.module.css';
import browser from './model-browser.module.css';
import { modelFactsText } from './model-facts-text.ts';
import { wording } from './simple-widgets.tsx';

const ModelBrowser = lazy(async () => ({ default: (await import('./model-browser.tsx')).ModelBrowser }));

/** A model of the catalogue, found by any words of its id; one that is not there may be named too. */
export function ModelPicker({
  field,
  value,
  readOnly,
  onModel,
}: {
  readonly field: Pick<FormField, 'label' | 'help' | 'placeholder'>;
  readonly value: string;
  readonly readOnly: boolean;
  readonly onModel: (target: string) => void;
}) {
  const { models, byId } = useModels();
  const [search, setSearch] = useState(value);
  const ids = useMemo(() => {
    const known = models.map((model) => model.id);
    const extra = [value, search.trim()].filter((id) => id !== '' && !byId.has(id) && targetPattern.test(id));
    return [...new Set([...extra, ...known])];
  }, [models, byId, value, search]);
  const [isBrowsing, setBrowsing] = useState(false);
  return (
    <>
      <Select
        {...wording(field)}
        data={ids}
        value={value}
        readOnly={readOnly}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        limit={60}
        maxDropdownHeight={320}
        allowDeselect={false}
        nothingFoundMessage="No model of that name. Write provider/model to name one that is not in the catalogue."
        filter={({ options, search: text, limit }) => {
          const isFound = finderOf(text === value ? '' : text);
          return options
            .filter((option) => 'value' in option && isFound(String(option.value)))
            .slice(0, limit);
        }}
        renderOption={({ option }) => <ModelOption id={option.value} model={byId.get(option.value)} />}
        onChange={(next) => {
          if (next !== null) onModel(next);
        }}
      />
      {!readOnly && (
        <Button
          variant="subtle"
          size="compact-xs"
          className={browser.browse ?? ''}
          leftSection={<IconAdjustmentsHorizontal size={13} stroke={1.75} />}
          onClick={() => setBrowsing(true)}
        >
          Filter by price, context, speed…
        </Button>
      )}
      {isBrowsing && (
        <Suspense fallback={null}>
          <ModelBrowser
            value={value}
            onModel={(target) => {
              onModel(target);
              setBrowsing(false);
            }}
            onClose={() => setBrowsing(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** A model in a list to choose from: its id, and what it costs and can hold. */
export function ModelOption({ id, model }: { readonly id: string; readonly model: ModelRow | undefined }) {
  return (
    <div className={styles.option}>
      <span>{id}</span>
      <span className={styles.optionHint}>
        {model === undefined ? 'Not in the catalogue' : modelFactsText(model)}
      </span>
    </div>
  );
}
