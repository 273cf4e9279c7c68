import { Button, Group, PasswordInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CallAnswer, CallInput } from '../client/call-api.ts';
import { governanceKeys } from '../client/governance-queries.ts';
import { queryKeys } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './providers.module.css';

type Choice = CallAnswer<'listProviders'>['choices'][number];
type Kind = CallInput<'writeProvider'>['body']['kind'];

interface Props {
  readonly choices: readonly Choice[];
  readonly privateAllowed: boolean;
  /** Told the provider's id when it was made. */
  readonly onClose: (made: string | null) => void;
}

/** A new provider: which, its address where that is not known, its key. */
export function NewProviderForm({ choices, privateAllowed, onClose }: Props) {
  const [name, setName] = useState<string | null>(null);
  const [id, setId] = useState('');
  const [baseUrl, setBaseUrl] = useState('');
  const [awsRegion, setAwsRegion] = useState('');
  const [secret, setSecret] = useState('');
  const [models, setModels] = useState<string[]>([]);
  const choice = choices.find((one) => nameOf(one) === name);
  const save = useChange('writeProvider', {
    stale: [queryKeys.providers, queryKeys.models, governanceKeys.audit],
    onDone: (made) => {
      tellDone(`${made.id} is there`, 'It serves from the next request on.');
      onClose(made.id);
    },
  });
  const needsUrl = choice !== undefined && choice.baseUrl === null && choice.kind !== 'bedrock';
  const isReady =
    choice !== undefined &&
    id !== '' &&
    (!needsUrl || baseUrl !== '') &&
    (choice.kind !== 'bedrock' || awsRegion !== '') &&
    (secret !== '' || choice.kind === 'openai-compatible');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (choice === undefined) return;
        save.mutate({
          params: { id },
          body: {
            // The server lists the kinds it takes.
            kind: choice.kind as Kind,
            preset: choice.preset,
            baseUrl: baseUrl.trim(),
            awsRegion: awsRegion.trim() === '' ? null : awsRegion.trim(),
            models: models.map((model) => ({ id: model })),
            keys: secret === '' ? [] : [{ secret }],
            revision: 0,
          },
        });
      }}
    >
      <Select
        label="Provider"
        placeholder="Search"
        searchable
        data-autofocus
        data={choices.map((one) => ({ value: nameOf(one), label: one.title }))}
        value={name}
        onChange={(value) => {
          setName(value);
          const next = choices.find((one) => nameOf(one) === value);
          setId(next?.id ?? '');
          setBaseUrl('');
        }}
      />
      {choice === undefined ? null : (
        <>
          <TextInput
            label="Id"
            description="Targets are written with it: id/model."
            value={id}
            onChange={(event) => setId(event.currentTarget.value)}
          />
          <TextInput
            label="Address"
            placeholder={choice.baseUrl ?? 'https://…'}
            description={
              choice.ownServer && !privateAllowed
                ? 'A server of your own network takes WAYBILL_ALLOW_PRIVATE_UPSTREAMS=on, or a place in the config file.'
                : needsUrl
                  ? 'Yours, as its console shows it.'
                  : 'Only where it is not the usual one.'
            }
            value={baseUrl}
            onChange={(event) => setBaseUrl(event.currentTarget.value)}
          />
          {choice.kind === 'bedrock' ? (
            <TextInput
              label="AWS region"
              placeholder="eu-west-1"
              value={awsRegion}
              onChange={(event) => setAwsRegion(event.currentTarget.value)}
            />
          ) : null}
          <PasswordInput
            size="xs"
            label="Key"
            description="Encrypted before it is kept; no call answers it again."
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <TagsInput
            size="xs"
            label="Models beside those of the catalogue"
            placeholder={models.length === 0 ? 'names as the provider knows them' : ''}
            value={models}
            onChange={setModels}
          />
        </>
      )}
      {save.isError ? <Failure error={save.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={() => onClose(null)}>
          Cancel
        </Button>
        <Button type="submit" size="sm" disabled={!isReady} loading={save.isPending}>
          Add provider
        </Button>
      </Group>
    </form>
  );
}

function nameOf({ kind, preset }: Choice): string {
  return preset === null ? kind : `${kind}/${preset}`;
}
