import { Group, NumberInput, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { KeyDraft } from './key-draft.ts';

interface Props {
  readonly draft: KeyDraft;
  readonly onChange: (draft: KeyDraft) => void;
}

const limits = [
  ['rpm', 'Requests a minute'],
  ['tpm', 'Tokens a minute'],
  ['concurrency', 'At a time'],
] as const;

const lists = [
  ['models', 'Models', 'openai/*'],
  ['aliases', 'Aliases', 'auto'],
  ['policies', 'Policies', 'support'],
  ['regions', 'Regions', 'eu'],
] as const;

/** All that a key is held to. */
export function KeyFields({ draft, onChange }: Props) {
  const set = (part: Partial<KeyDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Textarea
        label="What it is for"
        autosize
        minRows={1}
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <Group grow gap="sm">
        <TextInput
          label="Owner"
          placeholder="whom to ask"
          value={draft.owner}
          onChange={(event) => set({ owner: event.currentTarget.value })}
        />
        <TextInput
          label="Expires on"
          type="date"
          value={draft.expires}
          onChange={(event) => set({ expires: event.currentTarget.value })}
        />
      </Group>
      <TagsInput size="xs" label="Tags" value={draft.tags} onChange={(tags) => set({ tags })} />
      <Group grow gap="sm">
        {limits.map(([name, label]) => (
          <NumberInput
            key={name}
            label={label}
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            placeholder="no limit"
            value={draft[name] ?? ''}
            onChange={(value) => set({ [name]: typeof value === 'number' ? value : null })}
          />
        ))}
      </Group>
      {lists.map(([name, label, example]) => (
        <TagsInput
          key={name}
          size="xs"
          label={label}
          placeholder={draft[name].length === 0 ? `all; or names and patterns such as ${example}` : ''}
          value={draft[name]}
          onChange={(names) => set({ [name]: names })}
        />
      ))}
      <Switch
        label="Only models that keep nothing of a request"
        checked={draft.zero}
        onChange={(event) => set({ zero: event.currentTarget.checked })}
      />
    </>
  );
}
