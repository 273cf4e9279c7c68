import { Select } from '@mantine/core';
import { useDocument } from '../document/index.ts';
import { wording } from './simple-widgets.tsx';
import { settingOf, type WidgetProps } from './widget.ts';

/** Which classifier a node asks: one that is built in, or one of the policy's own. */
export function ClassifierWidget({ node, field, readOnly, set }: WidgetProps) {
  const own = useDocument((state) => state.policy.classifiers);
  const value = String(settingOf(node, field.name) ?? '');
  const known = [...(field.options ?? []), ...Object.keys(own ?? {}).map((id) => ({ value: id, label: id }))];
  const isKnown = known.some((one) => one.value === value);
  return (
    <Select
      {...wording(field)}
      data={isKnown ? known : [{ value, label: `${value} (missing)` }, ...known]}
      value={value}
      readOnly={readOnly}
      allowDeselect={false}
      onChange={(next) => {
        if (next !== null) set(next);
      }}
    />
  );
}
