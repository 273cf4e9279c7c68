import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { targetPattern } from '#engine/nodes/index.ts';
import type { ModelRow } from '../../client/queries.ts';
import { idsOf, providerName } from '../../document/index.ts';
import { finderOf } from '../../look/found-by.ts';
import inspector from '../inspector.module.css';
import { ModelOption } from '../model-picker.tsx';
import { reachText } from './reach-text.ts';

type Models = ReadonlyMap<string, ModelRow>;

const shownAtMost = 60;

/** Finds models by any words, whole providers, and patterns as they are written; what is chosen joins the pool. */
export function AddCandidate({
  taken,
  models,
  onAdd,
}: {
  readonly taken: readonly string[];
  readonly models: Models;
  readonly onAdd: (pattern: string) => void;
}) {
  const [search, setSearch] = useState('');
  const data = useMemo(() => suggestCandidates(search, taken, models), [search, taken, models]);
  return (
    <div data-field="candidates">
      <Select
        aria-label="Add a candidate"
        placeholder="Add a model, or a pattern such as openai/gpt-*"
        data={[...data]}
        value={null}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        maxDropdownHeight={320}
        filter={({ options }) => options}
        nothingFoundMessage="No model of that name. A * in a pattern stands for anything."
        renderOption={({ option }) => <Suggestion value={option.value} models={models} />}
        onChange={(next) => {
          if (next === null) return;
          onAdd(next);
          setSearch('');
        }}
      />
    </div>
  );
}

function Suggestion({ value, models }: { readonly value: string; readonly models: Models }) {
  if (!value.includes('*')) return <ModelOption id={value} model={models.get(value)} />;
  return (
    <div className={inspector.option}>
      <span>{value}</span>
      <span className={inspector.optionHint}>Pattern · {reachText(idsOf(value, models), models)}</span>
    </div>
  );
}

const pattern = /^[a-z0-9*][A-Za-z0-9._:@/*-]*$/;

/** What could be added for a search: the pattern itself, whole providers, then models, the reachable ones first. */
export function suggestCandidates(
  search: string,
  taken: readonly string[],
  models: Models,
): readonly string[] {
  const text = search.trim();
  const isFound = finderOf(text);
  const ids = [...models.values()].filter(({ id }) => isFound(id));
  const byReach = [
    ...ids.filter(({ served }) => served !== 'none'),
    ...ids.filter(({ served }) => served === 'none'),
  ].map(({ id }) => id);
  const providers = [...new Set([...models.keys()].map(providerName))].filter(
    (name) => text !== '' && name.startsWith(text.replace(/\/\*?$/, '').toLowerCase()),
  );
  const written =
    (text.includes('*') && pattern.test(text)) || (targetPattern.test(text) && !models.has(text))
      ? [text]
      : [];
  const family = written.length === 0 && byReach.length > 1 && text.includes('/') ? [`${text}*`] : [];
  return [...new Set([...written, ...family, ...providers.map((name) => `${name}/*`), ...byReach])]
    .filter((one) => !taken.includes(one) && (pattern.test(one) || models.has(one)))
    .slice(0, shownAtMost);
}
