import { Modal } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { type ModelRow, useTargetHealth } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import { conditionOf } from '../health/order-targets.ts';
import { formatCount, formatPrice, formatTokens } from '../look/format.ts';
import { Status } from '../look/status.tsx';
import type { Sorting } from '../look/table.tsx';
import { AbilityIcons } from '../models/ability-icons.tsx';
import { ModelFilters } from '../models/model-filters.tsx';
import { type ModelFilter, noFilter, providersOf, selectModels } from '../models/select-models.ts';
import styles from './model-browser.module.css';

const shown = 200;
/** Heads, and what they sort by; large figures are wanted first, but of prices. */
const columns = [
  ['Model', 'id'],
  ['Input, output', 'priceInput'],
  ['Context', 'context'],
  ['Speed', 'tokensPerSecond'],
  ['Quality', 'quality'],
  ['Can', null],
  ['Health', null],
] as const satisfies readonly (readonly [string, string | null])[];
const ascendingAtFirst: ReadonlySet<string> = new Set(['id', 'priceInput']);

/** The catalogue to choose from: narrowed by price, context, speed, quality, abilities and what can be called here. */
export function ModelBrowser({
  value,
  onModel,
  onClose,
}: {
  readonly value: string;
  readonly onModel: (target: string) => void;
  readonly onClose: () => void;
}) {
  const { models } = useModels();
  const [filter, setFilter] = useState<ModelFilter>({ ...noFilter, servedOnly: true });
  const [sorting, setSorting] = useState<Sorting>({ by: 'quality', descending: true });
  const found = useMemo(() => selectModels(models, filter, sorting), [models, filter, sorting]);
  const health = useTargetHealth();
  const conditions = useMemo(
    () => new Map((health.data?.targets ?? []).map((one) => [one.target, conditionOf(one)])),
    [health.data],
  );
  return (
    <Modal opened onClose={onClose} title="Choose a model" size={1080}>
      <ModelFilters
        filter={filter}
        onChange={setFilter}
        providers={providersOf(models)}
        found={found.length}
        all={models.length}
      />
      <div className={styles.head}>
        {columns.map(([head, by]) =>
          by === null ? (
            <span key={head}>{head}</span>
          ) : (
            <SortButton key={head} head={head} by={by} sorting={sorting} onSort={setSorting} />
          ),
        )}
      </div>
      {found.length === 0 ? (
        <p className={styles.none}>No model fits. Clear a filter.</p>
      ) : (
        <ul className={styles.list} aria-label="Models that fit" onKeyDown={walkRows}>
          {found.slice(0, shown).map((model) => (
            <li key={model.id}>
              <ModelLine
                model={model}
                isChosen={model.id === value}
                condition={conditions.get(model.id)}
                onChoose={() => onModel(model.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {found.length > shown && (
        <p className={styles.none}>{formatCount(found.length - shown)} more. Narrow them down by a filter.</p>
      )}
    </Modal>
  );
}

function SortButton({
  head,
  by,
  sorting,
  onSort,
}: {
  readonly head: string;
  readonly by: string;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}) {
  const isOn = sorting.by === by;
  const descending = isOn ? !sorting.descending : !ascendingAtFirst.has(by);
  const Icon = sorting.descending ? IconArrowDown : IconArrowUp;
  return (
    <button
      type="button"
      className={styles.sort}
      aria-pressed={isOn}
      title={`Sort by ${head.toLowerCase()}`}
      onClick={() => onSort({ by, descending })}
    >
      {head}
      {isOn && (
        <Icon size={12} stroke={2} aria-label={sorting.descending ? 'largest first' : 'smallest first'} />
      )}
    </button>
  );
}

function ModelLine({
  model,
  isChosen,
  condition,
  onChoose,
}: {
  readonly model: ModelRow;
  readonly isChosen: boolean;
  readonly condition: ReturnType<typeof conditionOf> | undefined;
  readonly onChoose: () => void;
}) {
  const { id, priceInput, priceOutput, context, tokensPerSecond, quality, served } = model;
  return (
    <button type="button" className={styles.row} aria-pressed={isChosen} onClick={onChoose}>
      <span className={styles.id}>{id}</span>
      <span>
        {formatPrice(priceInput)}, {formatPrice(priceOutput)}
      </span>
      <span>{formatTokens(context)}</span>
      <span>{tokensPerSecond === null ? '–' : `${formatCount(Math.round(tokensPerSecond))} t/s`}</span>
      <span>{quality === null ? '–' : Math.round(quality)}</span>
      <AbilityIcons model={model} />
      <span>
        {served === 'none' ? (
          'No key here'
        ) : condition === undefined ? (
          'Not called yet'
        ) : (
          <Status tone={condition.tone}>{condition.word}</Status>
        )}
      </span>
    </button>
  );
}

/** Arrows walk the rows; Enter chooses, as on any button. */
function walkRows(event: KeyboardEvent<HTMLUListElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...event.currentTarget.querySelectorAll('button')];
  const at = rows.findIndex((row) => row.matches(':focus'));
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  event.preventDefault();
}
