import { Button, Checkbox, Group, MultiSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ModelDetail } from '#server/contract/models.ts';
import { ApiFailure } from '../client/api-failure.ts';
import { queryKeys } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { draftOf, emptyDraft, type ModelDraft, readDraft } from './model-draft.ts';
import { PriceFields } from './price-fields.tsx';

interface Props {
  /** The model that is changed; `null` adds one. */
  readonly known: ModelDetail | null;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

/** States a model, or changes what is known of one. The server's word on a field stands under that field. */
export function ModelForm({ known, onClose, onSaved }: Props) {
  const [before] = useState(() => (known === null ? emptyDraft : draftOf(known)));
  const [draft, setDraft] = useState<ModelDraft>(before);
  const [unread, setUnread] = useState<Readonly<Record<string, string>>>({});
  const id = draft.id.trim();
  const save = useChange('writeModel', {
    stale: [queryKeys.models],
    onDone: (model) => {
      tellDone(known === null ? `${model.name} is in the catalogue` : `${model.name} is changed`);
      onSaved(model.id);
    },
  });
  const problems = { ...fieldProblems(save.error), ...unread };
  const change = (part: Partial<ModelDraft>) => {
    setDraft({ ...draft, ...part });
    if (save.isError) save.reset();
    setUnread({});
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft, before, known?.custom ?? null);
    if (read.kind === 'bad') setUnread(read.problems);
    else save.mutate({ params: { id }, body: read.body });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
          <TextInput
            label="Id"
            description="Provider, then the model’s name there"
            placeholder="local/llama-3.3-70b"
            data-autofocus={known === null ? true : undefined}
            disabled={known !== null}
            value={draft.id}
            error={problems.id}
            onChange={(event) => change({ id: event.currentTarget.value })}
          />
          <TextInput
            label="Name"
            description="What people call it"
            placeholder={id.slice(id.indexOf('/') + 1) || 'Llama 3.3 70B'}
            value={draft.name}
            error={problems.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Tokens
            label="Context"
            field="context"
            of={draft.context}
            problems={problems}
            set={(context) => change({ context })}
          />
          <Tokens
            label="Longest answer"
            field="max_output"
            of={draft.maxOutput}
            problems={problems}
            set={(maxOutput) => change({ maxOutput })}
          />
          <MultiSelect
            size="xs"
            label="Reads"
            data={['text', 'image', 'audio', 'video', 'file']}
            value={[...draft.input]}
            error={problems.input}
            onChange={(input) => change({ input })}
          />
          <Select
            label="JSON schema"
            data={[
              { value: 'unknown', label: 'Unknown' },
              { value: 'yes', label: 'Answers to a schema' },
              { value: 'no', label: 'Does not' },
            ]}
            allowDeselect={false}
            value={draft.jsonSchema}
            onChange={(value) => change({ jsonSchema: value ?? 'unknown' })}
          />
        </SimpleGrid>
        <Group gap="lg">
          <Checkbox
            size="xs"
            label="Calls tools"
            checked={draft.tools}
            onChange={(event) => change({ tools: event.currentTarget.checked })}
          />
          <Checkbox
            size="xs"
            label="Reasons"
            checked={draft.reasoning}
            onChange={(event) => change({ reasoning: event.currentTarget.checked })}
          />
        </Group>
        <PriceFields draft={draft} problems={problems} onChange={change} />
        <SimpleGrid cols={4} spacing="sm">
          <Figure
            label="Tokens a second"
            field="tokens_per_second"
            of={draft.speed}
            problems={problems}
            set={(speed) => change({ speed })}
          />
          <Figure
            label="First token, ms"
            field="first_token_ms"
            of={draft.firstToken}
            problems={problems}
            set={(firstToken) => change({ firstToken })}
          />
          <Figure
            label="Quality, 0–100"
            field="quality"
            of={draft.quality}
            problems={problems}
            set={(quality) => change({ quality })}
          />
          <Select
            label="Keeps requests"
            data={[
              { value: 'unknown', label: 'Unknown' },
              { value: 'zero', label: 'Never' },
              { value: 'retains', label: 'Yes' },
            ]}
            allowDeselect={false}
            value={draft.retention}
            onChange={(value) => change({ retention: value ?? 'unknown' })}
          />
        </SimpleGrid>
        {save.isError && Object.keys(problems).length === 0 ? <Failure error={save.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" disabled={id === ''} loading={save.isPending}>
            {known === null ? 'Add model' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly field: string;
  readonly of: string;
  readonly problems: Readonly<Record<string, string>>;
  readonly set: (text: string) => void;
}

function Tokens(props: FieldProps) {
  return <Figure {...props} placeholder="unknown" unit="tokens" />;
}

function Figure({
  label,
  field,
  of,
  problems,
  set,
  placeholder = 'unknown',
  unit,
}: FieldProps & { readonly placeholder?: string; readonly unit?: string }) {
  return (
    <TextInput
      label={unit === undefined ? label : `${label}, ${unit}`}
      placeholder={placeholder}
      inputMode="decimal"
      value={of}
      error={problems[field]}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

/** What the server says of each field of the body. */
function fieldProblems(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiFailure)) return {};
  return Object.fromEntries(error.fields.map(({ field, message }) => [field, message]));
}
