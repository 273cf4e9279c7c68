import { Select } from '@mantine/core';
import { signalGroups, signalNamed } from './condition/signal-words.ts';
import { wording } from './simple-widgets.tsx';
import { settingOf, type WidgetProps } from './widget.ts';

/** A signal, by what it is about. */
export function SignalWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  const name = typeof value === 'string' ? value : '';
  const help = field.help ?? signalNamed(name)?.meaning;
  return (
    <Select
      {...wording(help === undefined ? field : { ...field, help })}
      data={signalGroups}
      value={name}
      readOnly={readOnly}
      searchable
      allowDeselect={false}
      onChange={(next) => {
        if (next !== null) set(next);
      }}
    />
  );
}
