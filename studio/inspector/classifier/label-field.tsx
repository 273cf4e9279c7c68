import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { slugPattern } from '#engine/nodes/index.ts';
import { freeSlug } from '../../document/index.ts';

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
