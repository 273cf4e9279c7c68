import { Button, Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../client/call-api.ts';
import { keepGatewayKey } from '../client/gateway-key.ts';
import { governanceKeys } from '../client/governance-queries.ts';
import { Failure } from '../look/feedback.tsx';
import { SecretOnce } from '../look/shown-once.tsx';
import { slugOf } from './slug-of.ts';
import styles from './teams.module.css';

const windows = ['day', 'week', 'month', 'quarter', 'year'] as const;
type Window = (typeof windows)[number];

/** A team, with its budget and its first key in one go. `onClose` is told the team's id when it was made. */
export function NewTeamForm({ onClose }: { readonly onClose: (made: string | null) => void }) {
  const [name, setName] = useState('');
  const [usd, setUsd] = useState<number | null>(null);
  const [window, setWindow] = useState<Window>('month');
  const [withKey, setWithKey] = useState(true);
  const client = useQueryClient();
  const [typedId, setTypedId] = useState('');
  const made = slugOf(name);
  const id = made === '' ? typedId : made;
  const isBadId = id !== '' && !/^[a-z][a-z0-9_-]{0,63}$/.test(id);
  const make = useMutation({
    mutationFn: () => makeTeam({ id, name: name.trim(), usd, window, withKey }),
    onSuccess: (secret) => {
      if (secret === null) onClose(id);
      else keepGatewayKey(secret);
    },
    onSettled: () =>
      Promise.all(Object.values(governanceKeys).map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  if (typeof make.data === 'string')
    return <SecretOnce id={`${id}-first`} secret={make.data} onClose={() => onClose(id)} />;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label="Name"
        placeholder="Search"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        description={made === '' ? 'Its id is made from it.' : `Its id will be ${made}.`}
      />
      {made === '' && name.trim() !== '' ? (
        <TextInput
          label="Id"
          placeholder="support"
          description="The name has no letters a to z to make one from."
          value={typedId}
          onChange={(event) => setTypedId(event.currentTarget.value)}
          error={isBadId ? 'A lower-case letter, then letters, digits, - or _.' : undefined}
        />
      ) : null}
      <Group grow gap="sm" align="flex-end">
        <NumberInput
          label="Budget"
          description="Requests beyond it are refused."
          prefix="$"
          min={0}
          decimalScale={2}
          thousandSeparator=","
          placeholder="none"
          value={usd ?? ''}
          onChange={(value) => setUsd(typeof value === 'number' ? value : null)}
        />
        <Select
          label="A"
          aria-label="Budget window"
          allowDeselect={false}
          data={[...windows]}
          value={window}
          onChange={(value) => setWindow(windows.find((one) => one === value) ?? 'month')}
        />
      </Group>
      <Checkbox
        label="With a first key"
        checked={withKey}
        onChange={(event) => setWithKey(event.currentTarget.checked)}
      />
      {make.isError ? <Failure error={make.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={() => onClose(null)}>
          Cancel
        </Button>
        <Button type="submit" size="sm" disabled={id === '' || isBadId} loading={make.isPending}>
          Create team
        </Button>
      </Group>
    </form>
  );
}

interface Wanted {
  readonly id: string;
  readonly name: string;
  readonly usd: number | null;
  readonly window: Window;
  readonly withKey: boolean;
}

/** The team before what needs it. Answers the secret of its key; `null` without one. */
async function makeTeam({ id, name, usd, window, withKey }: Wanted): Promise<string | null> {
  await callApi('writeTeam', { params: { id }, body: { name, revision: 0 } });
  if (usd !== null)
    await callApi('writeBudget', {
      params: { id: `${id}-${window}` },
      body: { scope: { team: id }, usd, window, revision: 0 },
    });
  if (!withKey) return null;
  const { secret } = await callApi('createKey', { body: { id: `${id}-first`, team: id } });
  return secret;
}
