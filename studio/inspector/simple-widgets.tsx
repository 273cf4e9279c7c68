import { MultiSelect, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { FormField } from '#engine/nodes/index.ts';
import { PercentSetting } from './percent-setting.tsx';
import { useDraft } from './use-draft.ts';
import { settingOf, type WidgetProps } from './widget.ts';

/** Text in one line. */
export function TextWidget(props: WidgetProps) {
  const { field, readOnly } = props;
  const draft = useTextSetting(props);
  return (
    <TextInput
      {...wording(field)}
      value={draft.text}
      readOnly={readOnly}
      error={draft.isRefused && 'Not kept: this value is not allowed here.'}
      onChange={(event) => draft.onText(event.currentTarget.value)}
      onBlur={draft.onLeave}
    />
  );
}

/** Text in several lines. */
export function TextareaWidget(props: WidgetProps) {
  const { field, readOnly } = props;
  const draft = useTextSetting(props);
  return (
    <Textarea
      {...wording(field)}
      autosize
      minRows={2}
      maxRows={8}
      value={draft.text}
      readOnly={readOnly}
      error={draft.isRefused && 'Not kept: this must not be empty.'}
      onChange={(event) => draft.onText(event.currentTarget.value)}
      onBlur={draft.onLeave}
    />
  );
}

function useTextSetting({ node, field, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  return useDraft(typeof value === 'string' ? value : '', (text) =>
    set(text === '' && field.placeholder !== undefined ? undefined : text, { burst: true }),
  );
}

export function NumberWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  return (
    <NumberSetting
      field={field}
      value={typeof value === 'number' ? value : undefined}
      readOnly={readOnly}
      onValue={(next) => set(next, { burst: true })}
    />
  );
}

/** A number with its unit; empty leaves the setting out. */
export function NumberSetting({
  field,
  value,
  readOnly,
  onValue,
}: {
  readonly field: Pick<FormField, 'label' | 'help' | 'unit' | 'min' | 'max' | 'step' | 'placeholder'>;
  readonly value: number | undefined;
  readonly readOnly: boolean;
  readonly onValue: (value: number | undefined) => void;
}) {
  return (
    <NumberInput
      {...wording(field)}
      value={value ?? ''}
      readOnly={readOnly}
      {...(field.min === undefined ? {} : { min: field.min })}
      {...(field.max === undefined ? {} : { max: field.max })}
      step={field.step ?? 1}
      allowDecimal={field.step !== undefined && field.step < 1}
      thousandSeparator=","
      suffix={field.unit === undefined ? '' : ` ${field.unit}`}
      onChange={(next) => onValue(typeof next === 'number' ? next : undefined)}
    />
  );
}

/** A share of one; one with a placeholder may be left out. */
export function PercentWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  return (
    <PercentSetting
      label={field.label}
      help={field.help}
      placeholder={field.placeholder}
      value={typeof value === 'number' ? value : field.placeholder === undefined ? 0 : undefined}
      readOnly={readOnly}
      onShare={(share) => set(share, { burst: true })}
    />
  );
}

/** Yes or no. */
export function TruthWidget({ node, field, readOnly, set }: WidgetProps) {
  return (
    <Switch
      size="xs"
      label={field.label}
      {...(field.help === undefined ? {} : { description: field.help })}
      checked={settingOf(node, field.name) === true}
      disabled={readOnly}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}

/** Names in no order that matters, each written and taken by Enter. */
export function NamesWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  const names = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return (
    <TagsInput
      {...wording(field)}
      size="xs"
      radius="sm"
      placeholder={names.length === 0 ? 'eu, us, …' : ''}
      value={names}
      readOnly={readOnly}
      onChange={(next) => set(next)}
    />
  );
}

/** One of several; a setting that is a number stays one. */
export function SelectWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  return (
    <Select
      {...wording(field)}
      data={[...(field.options ?? [])]}
      value={value === undefined ? null : String(value)}
      readOnly={readOnly}
      allowDeselect={false}
      searchable={(field.options?.length ?? 0) > 8}
      onChange={(next) => {
        if (next !== null) set(typeof value === 'number' ? Number(next) : next);
      }}
    />
  );
}

/** Any of several. */
export function MultiselectWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  const chosen = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return (
    <MultiSelect
      {...wording(field)}
      size="xs"
      placeholder={chosen.length === 0 ? (field.placeholder ?? 'none') : ''}
      data={[...(field.options ?? [])]}
      value={chosen}
      readOnly={readOnly}
      onChange={(next) => set(next)}
    />
  );
}

/** Label, help and placeholder of a field as a control takes them. */
export function wording({ label, help, placeholder }: Pick<FormField, 'label' | 'help' | 'placeholder'>) {
  return {
    label,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
    ...(help === undefined ? {} : { description: help }),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
}
