import { Autocomplete, Button, Collapse, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TeamView } from '#server/contract/teams.ts';
import { keepGatewayKey } from '../client/gateway-key.ts';
import { governanceKeys } from '../client/governance-queries.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { SecretOnce } from '../look/shown-once.tsx';
import { bodyOf, emptyDraft, type KeyDraft } from './key-draft.ts';
import { KeyFields } from './key-fields.tsx';
import styles from './teams.module.css';

interface Props {
  readonly teams: readonly TeamView[];
  readonly team: string;
  readonly onClose: () => void;
}

/** A new key: whose it is, and what it is held to for those who ask. */
export function NewKeyForm({ teams, team, onClose }: Props) {
  const [id, setId] = useState('');
  const [draft, setDraft] = useState<KeyDraft>(() => emptyDraft(team));
  const [more, setMore] = useState(false);
  const create = useChange('createKey', {
    stale: [governanceKeys.keys, governanceKeys.teams, governanceKeys.audit],
    onDone: ({ secret }) => keepGatewayKey(secret),
  });
  if (create.data !== undefined)
    return <SecretOnce id={create.data.id} secret={create.data.secret} onClose={onClose} />;
  const isBadId = id !== '' && !/^[a-z][a-z0-9_-]{0,63}$/.test(id);
  const projects = teams.find((one) => one.id === draft.team)?.projects ?? [];
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ body: { id, ...bodyOf(draft) } });
      }}
    >
      <TextInput
        label="Id"
        placeholder="search-ranking"
        data-autofocus
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
        error={isBadId ? 'A lower-case letter, then letters, digits, - or _.' : undefined}
      />
      <Group grow gap="sm">
        <Autocomplete
          size="xs"
          label="Team"
          data={teams.map((one) => one.id)}
          value={draft.team}
          onChange={(value) => setDraft({ ...draft, team: value })}
        />
        <Autocomplete
          size="xs"
          label="Project"
          data={projects.map((one) => one.id)}
          value={draft.project}
          onChange={(value) => setDraft({ ...draft, project: value })}
        />
      </Group>
      <Button
        variant="subtle"
        size="compact-xs"
        style={{ justifySelf: 'start' }}
        aria-expanded={more}
        onClick={() => setMore(!more)}
      >
        {more ? 'Fewer settings' : 'Limits, scopes, expiry …'}
      </Button>
      <Collapse expanded={more}>
        <div className={styles.form}>
          <KeyFields draft={draft} onChange={setDraft} />
        </div>
      </Collapse>
      {create.isError ? <Failure error={create.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" size="sm" disabled={id === '' || isBadId} loading={create.isPending}>
          Create key
        </Button>
      </Group>
    </form>
  );
}
