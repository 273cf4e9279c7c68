import { Autocomplete, Button, Group, Popover, Select, TextInput } from '@mantine/core';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { RecordFilter } from '../client/queries.ts';
import { FilterChip } from '../look/filters.tsx';
import {
  type FilterField,
  type FilterName,
  filterFields,
  readValue,
  valueText,
  withField,
} from './log-filter.ts';

/** Values that are known to occur, by the field they occur in. */
export type KnownValues = Readonly<Partial<Record<FilterName, readonly string[]>>>;

interface Props {
  readonly filter: RecordFilter;
  readonly onChange: (filter: RecordFilter) => void;
  readonly known: KnownValues;
}

/** What the log is cut down to: a text, and one chip a field, each with the way to be rid of it. */
export function FilterBar({ filter, onChange, known }: Props) {
  const shown = filterFields.flatMap((field) => {
    const value = filter[field.name];
    return typeof value === 'string' || typeof value === 'number' ? [{ field, value }] : [];
  });
  return (
    <>
      <TextInput
        w={210}
        aria-label="Search requests"
        placeholder="Id, path or target"
        leftSection={<IconSearch size={14} stroke={1.6} />}
        value={filter.search ?? ''}
        onChange={(event) => onChange(withField(filter, 'search', event.currentTarget.value))}
      />
      <AddFilter filter={filter} onChange={onChange} known={known} />
      {shown.map(({ field, value }) => (
        <FilterChip
          key={field.name}
          text={`${field.label}: ${valueText(field, value, Date.now())}`}
          onRemove={() => onChange(withField(filter, field.name, undefined))}
        />
      ))}
      {shown.length < 2 ? null : (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({})}>
          Clear all
        </Button>
      )}
    </>
  );
}

function AddFilter(props: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus shadow="md" width={300}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFilter size={14} stroke={1.7} />}
          onClick={() => setOpened((before) => !before)}
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <FilterForm {...props} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

const fieldOptions = filterFields.map(({ name, label }) => ({ value: name, label }));
const firstField: FilterField = filterFields[1];

function FilterForm({ filter, onChange, known, onDone }: Props & { readonly onDone: () => void }) {
  const [field, setField] = useState(firstField);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readValue(field, typed);
    if ('problem' in read) return setProblem(read.problem);
    onChange(withField(filter, field.name, read.value));
    onDone();
  };
  return (
    <form onSubmit={submit}>
      <Select
        label="Field"
        data={fieldOptions}
        value={field.name}
        allowDeselect={false}
        searchable
        comboboxProps={{ withinPortal: false }}
        onChange={(name) => {
          setField(filterFields.find((one) => one.name === name) ?? firstField);
          setTyped('');
          setProblem(null);
        }}
      />
      <ValueField
        field={field}
        values={known[field.name] ?? []}
        typed={typed}
        problem={problem}
        onType={(text) => {
          setTyped(text);
          setProblem(null);
        }}
      />
      <Group justify="flex-end" mt="sm">
        <Button type="submit">Apply</Button>
      </Group>
    </form>
  );
}

const valueLabels = {
  text: 'Value',
  number: 'Number',
  money: 'US dollars',
  duration: 'Seconds',
  time: 'Date and time',
} as const;

function ValueField({
  field,
  values,
  typed,
  problem,
  onType,
}: {
  readonly field: FilterField;
  readonly values: readonly string[];
  readonly typed: string;
  readonly problem: string | null;
  readonly onType: (text: string) => void;
}) {
  const common = { label: valueLabels[field.kind], mt: 'xs', value: typed, error: problem } as const;
  if (field.kind === 'text')
    return (
      <Autocomplete
        {...common}
        data={[...values]}
        limit={50}
        maxDropdownHeight={220}
        comboboxProps={{ withinPortal: false }}
        onChange={onType}
      />
    );
  return (
    <TextInput
      {...common}
      type={field.kind === 'time' ? 'datetime-local' : 'text'}
      inputMode={field.kind === 'time' ? undefined : 'decimal'}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
