import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { slugPattern } from '#engine/nodes/index.ts';
import { freeSlug } from '../../document/index.ts';
import inspector from '../inspector.module.css';
import { Remove } from '../list-buttons.tsx';

/** A name that others refer to: taken on Enter or when the field is left, so that half a word renames nothing. */
export function NameField({
  label,
  value,
  placeholder,
  readOnly,
  visibleLabel,
  taken,
  onName,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly readOnly: boolean;
  readonly visibleLabel?: boolean;
  readonly taken: (name: string) => boolean;
  readonly onName: (name: string) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft?.trim() ?? '';
  const name = slugPattern.test(typed) ? typed : freeSlug(typed, () => false, '');
  const error =
    typed === '' || typed === value
      ? undefined
      : name === ''
        ? 'Write it with letters a–z.'
        : taken(name)
          ? `“${name}” is there already.`
          : undefined;
  const keep = (): void => {
    if (error === undefined && typed !== '' && name !== value) onName(name);
    setDraft(null);
  };
  return (
    <TextInput
      {...(visibleLabel === true ? { label } : { 'aria-label': label })}
      placeholder={placeholder ?? ''}
      maxLength={64}
      value={draft ?? value}
      readOnly={readOnly}
      error={error}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        keep();
      }}
    />
  );
}

/** The name of a label, what else is said of it, and what takes it away. */
export function LabelLine({
  label,
  labels,
  readOnly,
  onName,
  onRemove,
  children,
}: {
  readonly label: string;
  readonly labels: readonly string[];
  readonly readOnly: boolean;
  readonly onName: (name: string) => void;
  readonly onRemove: () => void;
  readonly children?: ReactNode;
}) {
  return (
    <div className={inspector.line}>
      <div className={inspector.grow}>
        <NameField
          label={`Name of label ${label}`}
          value={label}
          readOnly={readOnly}
          taken={(name) => labels.includes(name)}
          onName={onName}
        />
      </div>
      {children}
      {!readOnly && <Remove label={`Remove label ${label}`} onClick={onRemove} />}
    </div>
  );
}
