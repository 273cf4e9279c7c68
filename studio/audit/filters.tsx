import { Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { FilterChip, FilterRow, SearchField } from '../look/filters.tsx';
import { formatTimeFully } from '../look/format.ts';
import type { AuditAsk } from './audit-filter.ts';
import { isPeriod, periods } from './periods.ts';

interface Props {
  readonly ask: AuditAsk;
  /** Actors and actions that occur; `undefined` while that is not known. */
  readonly names: { readonly actors: readonly string[]; readonly actions: readonly string[] } | undefined;
  readonly onChange: (part: Partial<AuditAsk>) => void;
}

/** What the list is narrowed to. */
export function Filters({ ask, names, onChange }: Props) {
  return (
    <FilterRow>
      <Subject value={ask.subject} onChange={(subject) => onChange({ subject })} />
      <Select
        size="xs"
        aria-label="Actor"
        placeholder="Anybody"
        clearable
        searchable
        data={[...(names?.actors ?? [])]}
        value={ask.actor || null}
        onChange={(actor) => onChange({ actor: actor ?? '' })}
      />
      <Select
        size="xs"
        aria-label="Action"
        placeholder="Any action"
        clearable
        searchable
        data={actionsOf(names?.actions ?? [])}
        value={ask.action || null}
        onChange={(action) => onChange({ action: action ?? '' })}
      />
      {ask.from === '' && ask.to === '' ? (
        <Select
          size="xs"
          aria-label="Period"
          allowDeselect={false}
          data={periods.map(({ value, label }) => ({ value, label }))}
          value={ask.period}
          onChange={(next) => onChange({ period: next !== null && isPeriod(next) ? next : 'all' })}
        />
      ) : (
        <Stretch ask={ask} onClear={() => onChange({ from: '', to: '' })} />
      )}
    </FilterRow>
  );
}

/** Typed at once, asked for when the typing pauses. */
function Subject({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (subject: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const ask = useDebouncedCallback(onChange, 250);
  useEffect(() => setTyped(value), [value]);
  return (
    <SearchField
      aria-label="Subject"
      placeholder="Subject: a key, policy, team …"
      value={typed}
      onSearch={(text) => {
        setTyped(text);
        ask(text);
      }}
    />
  );
}

/** An exact stretch of time that a link asked for, and the way to be rid of it. */
function Stretch({ ask: { from, to }, onClear }: { readonly ask: AuditAsk; readonly onClear: () => void }) {
  const text = [
    from === '' ? null : `from ${formatTimeFully(Date.parse(from))}`,
    to === '' ? null : `to ${formatTimeFully(Date.parse(to))}`,
  ]
    .filter((part) => part !== null)
    .join(' ');
  return <FilterChip text={text} onRemove={onClear} />;
}

/** Kinds of action before the actions themselves: `key.` is everything about keys. */
function actionsOf(actions: readonly string[]) {
  const kinds = [...new Set(actions.map((action) => `${action.split('.')[0]}.`))];
  return [
    { group: 'Everything about', items: kinds.map((kind) => ({ value: kind, label: kind.slice(0, -1) })) },
    { group: 'Actions', items: actions.map((action) => ({ value: action, label: action })) },
  ];
}
