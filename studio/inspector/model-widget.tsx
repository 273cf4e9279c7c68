import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { targetPattern } from '#engine/nodes/index.ts';
import type { ModelRow } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import { formatPrice, formatTokens } from '../look/format.ts';
import styles from './inspector.module.css';
import { wording } from './simple-widgets.tsx';
import { settingOf, type WidgetProps } from './widget.ts';

/** A model of the catalogue, found by any words of its id; one that is not there may be named too. */
export function ModelWidget({ node, field, readOnly, set }: WidgetProps) {
  const { models, byId } = useModels();
  const value = String(settingOf(node, field.name) ?? '');
  const [search, setSearch] = useState(value);
  const ids = useMemo(() => {
    const known = models.map((model) => model.id);
    const extra = [value, search.trim()].filter((id) => id !== '' && !byId.has(id) && targetPattern.test(id));
    return [...new Set([...extra, ...known])];
  }, [models, byId, value, search]);
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
          const words = text === value ? [] : text.toLowerCase().split(/\s+/);
          const fits = options.filter(
            (option) =>
              'value' in option && words.every((word) => String(option.value).toLowerCase().includes(word)),
          );
          return fits.slice(0, limit);
        }}
        renderOption={({ option }) => <ModelOption id={option.value} model={byId.get(option.value)} />}
        onChange={(next) => {
          if (next !== null) set(next);
        }}
      />
      <ModelFacts model={byId.get(value)} />
    </>
  );
}

function ModelOption({ id, model }: { readonly id: string; readonly model: ModelRow | undefined }) {
  return (
    <div className={styles.option}>
      <span>{id}</span>
      <span className={styles.optionHint}>
        {model === undefined
          ? 'Not in the catalogue'
          : `${formatPrice(model.priceInput)} in · ${formatPrice(model.priceOutput)} out · ${formatTokens(model.context)} context`}
      </span>
    </div>
  );
}

function ModelFacts({ model }: { readonly model: ModelRow | undefined }) {
  if (model === undefined) return null;
  const served = { provider: 'your provider', sandbox: 'the sandbox', none: 'nobody here' }[model.served];
  const facts: readonly (readonly [string, string])[] = [
    ['Input, cached input', `${formatPrice(model.priceInput)}, ${formatPrice(model.priceCacheRead)}`],
    ['Output', formatPrice(model.priceOutput)],
    ['Context, longest answer', `${formatTokens(model.context)}, ${formatTokens(model.maxOutput)}`],
    ['Reads', model.input.join(', ')],
    ['Tools, reasoning', `${yesNo(model.tools)}, ${yesNo(model.reasoning)}`],
    ['Served by', served],
  ];
  return (
    <dl className={styles.facts} style={{ marginTop: 8, fontSize: 12 }}>
      {facts.map(([name, text]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd className="wb-number">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function yesNo(value: boolean | null): string {
  return value === null ? '–' : value ? 'yes' : 'no';
}
