import { Select } from '@mantine/core';
import { signalGroups, signalNamed } from './condition/signal-words.ts';
import { wording } from './simple-widgets.tsx';
import { settingOf, type WidgetProps } from './widget.ts';

/** A signal, by what it is about. A form may offer only some, and a setting that is empty may stay so. */
export function SignalWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  const name = typeof value === 'string' ? value : null;
  const help = field.help ?? signalNamed(name ?? '')?.meaning;
  const isOptional = field.options !== undefined;
  return (
    <Select
      {...wording(help === undefined ? field : { ...field, help })}
      {...(isOptional ? { placeholder: 'all requests together' } : {})}
      data={groupsFor(field.options?.map((option) => option.value))}
      value={name}
      readOnly={readOnly}
      searchable
      clearable={isOptional}
      allowDeselect={false}
      onChange={(next) => {
        if (next !== null || isOptional) set(next);
      }}
    />
  );
}

function groupsFor(offered: readonly string[] | undefined): typeof signalGroups {
  if (offered === undefined) return signalGroups;
  return signalGroups
    .map(({ group, items }) => ({ group, items: items.filter(({ value }) => offered.includes(value)) }))
    .filter(({ items }) => items.length > 0);
}
