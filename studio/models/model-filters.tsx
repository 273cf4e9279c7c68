import { Button, Chip, Select, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { formatCount } from '../look/format.ts';
import { abilityNames } from './ability-icons.tsx';
import styles from './models.module.css';
import { type Ability, abilities, isFiltered, type ModelFilter, noFilter } from './select-models.ts';

interface Props {
  readonly filter: ModelFilter;
  readonly onChange: (filter: ModelFilter) => void;
  readonly providers: readonly string[];
  readonly found: number;
  readonly all: number;
}

type Figure = 'maxPrice' | 'minContext' | 'minSpeed' | 'minQuality';

/** What each figure can be held to; the first reads as no limit. */
const figures: readonly {
  readonly key: Figure;
  readonly label: string;
  readonly any: string;
  readonly choices: readonly (readonly [number, string])[];
}[] = [
  {
    key: 'maxPrice',
    label: 'Input price',
    any: 'Any price',
    choices: [
      [0, 'Free'],
      [0.1, 'Up to $0.10'],
      [0.5, 'Up to $0.50'],
      [1, 'Up to $1'],
      [3, 'Up to $3'],
      [10, 'Up to $10'],
    ],
  },
  {
    key: 'minContext',
    label: 'Context',
    any: 'Any context',
    choices: [
      [32_000, '32k and more'],
      [128_000, '128k and more'],
      [200_000, '200k and more'],
      [1_000_000, '1M and more'],
    ],
  },
  {
    key: 'minSpeed',
    label: 'Speed',
    any: 'Any speed',
    choices: [
      [50, '50 t/s and more'],
      [100, '100 t/s and more'],
      [200, '200 t/s and more'],
    ],
  },
  {
    key: 'minQuality',
    label: 'Quality',
    any: 'Any quality',
    choices: [
      [20, '20 and more'],
      [30, '30 and more'],
      [40, '40 and more'],
      [50, '50 and more'],
    ],
  },
];

/** Everything the catalogue can be narrowed by. `/` goes to the search. */
export function ModelFilters({ filter, onChange, providers, found, all }: Props) {
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => search.current?.focus()]]);
  const change = (part: Partial<ModelFilter>) => onChange({ ...filter, ...part });
  return (
    <div className={styles.filters}>
      <div className={styles.row}>
        <TextInput
          ref={search}
          className={styles.search}
          aria-label="Search models"
          placeholder="Search models"
          leftSection={<IconSearch size={14} stroke={1.6} />}
          value={filter.search}
          onChange={(event) => change({ search: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter.search !== '') change({ search: '' });
          }}
        />
        <Select
          w={150}
          aria-label="Provider"
          placeholder="All providers"
          clearable
          searchable
          data={[...providers]}
          value={filter.provider}
          onChange={(provider) => change({ provider })}
        />
        {figures.map(({ key, label, any, choices }) => (
          <Select
            key={key}
            w={136}
            aria-label={label}
            data={[
              { value: '', label: any },
              ...choices.map(([value, text]) => ({ value: String(value), label: text })),
            ]}
            allowDeselect={false}
            value={filter[key] === null ? '' : String(filter[key])}
            onChange={(value) => change({ [key]: value === null || value === '' ? null : Number(value) })}
          />
        ))}
      </div>
      <div className={styles.row}>
        <Chip.Group
          multiple
          value={[...filter.can]}
          onChange={(can) => change({ can: abilities.filter((ability) => can.includes(ability)) })}
        >
          {abilities.map((ability: Ability) => (
            <Chip key={ability} value={ability} size="xs" variant="outline">
              {abilityNames[ability].name}
            </Chip>
          ))}
        </Chip.Group>
        <span className={styles.divider} aria-hidden="true" />
        <Chip
          size="xs"
          variant="outline"
          checked={filter.servedOnly}
          onChange={(servedOnly) => change({ servedOnly })}
        >
          Callable here
        </Chip>
        <Chip
          size="xs"
          variant="outline"
          checked={filter.ownOnly}
          onChange={(ownOnly) => change({ ownOnly })}
        >
          Custom
        </Chip>
        <span className={styles.count} role="status">
          {found === all
            ? `${formatCount(all)} models`
            : `${formatCount(found)} of ${formatCount(all)} models`}
        </span>
        {isFiltered(filter) ? (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onChange(noFilter)}>
            Clear
          </Button>
        ) : null}
      </div>
    </div>
  );
}
