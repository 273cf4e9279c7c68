import { Button, Group, PasswordInput, Skeleton, Switch, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RoleGrant } from '#server/contract/permissions.ts';
import type { CallAnswer } from '../client/call-api.ts';
import { sessionKey } from '../client/session.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { CopyLine } from '../look/code-block.tsx';
import { Failure } from '../look/feedback.tsx';
import { Card } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { GrantPicker } from './grants-field.tsx';
import { May } from './may.tsx';
import styles from './people.module.css';
import { signOnKey, useSignOn } from './people-queries.ts';
import { RowsField } from './rows-field.tsx';

type SignOn = CallAnswer<'readSignOn'>;

/** Single sign-on by OIDC: whom it trusts, and which groups get which roles. */
export function SignOnCard() {
  const signOn = useSignOn();
  return (
    <Card title="Single sign-on" aside={<SignOnState signOn={signOn.data} />}>
      {signOn.isError ? <Failure error={signOn.error} onRetry={() => void signOn.refetch()} /> : null}
      {signOn.isPending ? <Skeleton height={200} radius="md" /> : null}
      {signOn.data === undefined ? null : <SignOnForm key={signOn.data.revision} signOn={signOn.data} />}
    </Card>
  );
}

function SignOnState({ signOn }: { readonly signOn: SignOn | undefined }) {
  if (signOn === undefined) return null;
  return signOn.enabled ? <Status tone="good">on</Status> : <Status tone="neutral">off</Status>;
}

interface GroupRow extends RoleGrant {
  readonly group: string;
}

function SignOnForm({ signOn }: { readonly signOn: SignOn }) {
  const [draft, setDraft] = useState(signOn);
  const [secret, setSecret] = useState('');
  const set = (part: Partial<SignOn>) => setDraft({ ...draft, ...part });
  const save = useChange('writeSignOn', {
    stale: [signOnKey, sessionKey],
    onDone: () => tellDone('Single sign-on is saved', 'It holds for the next sign-in.'),
  });
  const submit = () => {
    const { enabled, name, issuer, clientId, domains, groups, revision } = draft;
    const body = { enabled, name, issuer, clientId, domains, groups, revision };
    save.mutate({ body: secret === '' ? body : { ...body, clientSecret: secret } });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Switch
        label="People may sign in by it"
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
      <div className={styles.fields}>
        <TextInput
          label="Name"
          description="On the button: Continue with …"
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label="Issuer"
          description="The address under which /.well-known/openid-configuration is found."
          placeholder="https://login.example.com"
          value={draft.issuer}
          onChange={(event) => set({ issuer: event.currentTarget.value })}
        />
        <TextInput
          label="Client id"
          value={draft.clientId}
          onChange={(event) => set({ clientId: event.currentTarget.value })}
        />
        <PasswordInput
          size="xs"
          label="Client secret"
          placeholder={signOn.hasSecret ? 'kept; type to replace it' : ''}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the secret' }}
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      </div>
      <TagsInput
        size="xs"
        label="Allowed domains"
        description="Of e-mail addresses. None: whoever the issuer lets in."
        placeholder="example.com"
        value={draft.domains}
        onChange={(domains) => set({ domains })}
      />
      <h3>Groups and their roles</h3>
      <Groups rows={draft.groups} onChange={(groups) => set({ groups: [...groups] })} />
      <CallbackHint address={signOn.callback} />
      {save.isError ? <Failure error={save.error} /> : null}
      <Group justify="flex-end">
        <May needs="people.manage" team={null}>
          <Button type="submit" size="sm" loading={save.isPending}>
            Save single sign-on
          </Button>
        </May>
      </Group>
    </form>
  );
}

function CallbackHint({ address }: { readonly address: string }) {
  return (
    <>
      <p className="wb-muted">
        Register this address there as the place to come back to. Then try it in a private window: you stay
        signed in here, and passwords go on working.
      </p>
      <CopyLine text={address} label="Copy address" />
    </>
  );
}

const blankRow: GroupRow = { group: '', role: 'viewer', team: null };

function Groups({
  rows,
  onChange,
}: {
  readonly rows: readonly GroupRow[];
  readonly onChange: (rows: readonly GroupRow[]) => void;
}) {
  return (
    <RowsField rows={rows} onChange={onChange} noun="group" blank={blankRow} className={styles['group-row']}>
      {(row, onRow, number) => (
        <>
          <TextInput
            aria-label={`Group ${number}`}
            placeholder="group, as the issuer names it"
            value={row.group}
            onChange={(event) => onRow({ ...row, group: event.currentTarget.value })}
          />
          <GrantPicker grant={row} number={number} onChange={(grant) => onRow({ ...row, ...grant })} />
        </>
      )}
    </RowsField>
  );
}
