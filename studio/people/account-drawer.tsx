import { Button, Drawer, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconLink, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { RoleGrant } from '#server/contract/permissions.ts';
import { sessionKey } from '../client/session.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { HistoryLink } from '../look/history-link.tsx';
import { AccountState } from './accounts-card.tsx';
import { GrantsField } from './grants-field.tsx';
import { InviteLink } from './invite-dialog.tsx';
import { May } from './may.tsx';
import styles from './people.module.css';
import { type Account, accountsKey } from './people-queries.ts';
import { Permitted } from './permitted.tsx';
import { SessionsList } from './sessions-list.tsx';

interface Props {
  readonly account: Account | null;
  readonly onClose: () => void;
}

/** One person: roles, where they are signed in, and the end of it. */
export function AccountDrawer({ account, onClose }: Props) {
  return (
    <Drawer opened={account !== null} onClose={onClose} size={560} padding="lg" title={account?.name ?? ''}>
      {account === null ? null : <Detail key={account.id} account={account} />}
    </Drawer>
  );
}

function Detail({ account }: { readonly account: Account }) {
  return (
    <div className={styles.sections}>
      <Group gap="sm">
        <AccountState state={account.state} />
        <span className="wb-muted">{account.email}</span>
        <HistoryLink subject={account.email} />
      </Group>
      <Roles account={account} />
      {account.state === 'deactivated' || account.signsInBy === 'sign_on' ? null : (
        <Permitted needs="people.manage">
          <NewLink account={account} />
        </Permitted>
      )}
      <section>
        <h3>Signed in</h3>
        <SessionsList account={account.id} />
      </section>
    </div>
  );
}

const stale = [accountsKey, sessionKey];

/** A link in place of an invitation that ran out, or of a password that is forgotten. */
function NewLink({ account: { id, name, state } }: { readonly account: Account }) {
  const make = useChange('linkAccount', { stale: [accountsKey] });
  const [isShown, setShown] = useState(false);
  if (isShown && make.data !== undefined)
    return <InviteLink name={name} link={make.data.link} onClose={() => setShown(false)} />;
  return (
    <section className={styles.form}>
      <h3>{state === 'invited' ? 'Invitation' : 'Forgotten password'}</h3>
      {make.isError ? <Failure error={make.error} /> : null}
      <Group justify="space-between" wrap="nowrap">
        <span className="wb-muted">
          {state === 'invited'
            ? 'The link ran out, or was lost? A new one takes the place of the one before.'
            : `With a new link ${name} sets another password.`}
        </span>
        <Button
          variant="default"
          leftSection={<IconLink size={14} stroke={1.6} />}
          loading={make.isPending}
          onClick={() => make.mutate({ params: { id } }, { onSuccess: () => setShown(true) })}
        >
          New link
        </Button>
      </Group>
    </section>
  );
}

function Roles({ account }: { readonly account: Account }) {
  const [grants, setGrants] = useState<readonly RoleGrant[]>(account.grants);
  const save = useChange('writeAccount', {
    stale,
    onDone: () => tellDone(`${account.name}’s roles are changed`, 'They hold from the next click on.'),
  });
  const isOff = account.state === 'deactivated';
  const { id, name, revision } = account;
  const write = (active: boolean) =>
    save.mutate({ params: { id }, body: { name, grants: [...grants], active, revision } });
  const changed = JSON.stringify(grants) !== JSON.stringify(account.grants);
  const confirm = () =>
    modals.openConfirmModal({
      title: `Deactivate ${name}?`,
      children: (
        <Text size="sm">
          {name} is signed out everywhere at once and cannot sign in. What they did stays in the audit, and
          the account can be brought back.
        </Text>
      ),
      labels: { confirm: 'Deactivate', cancel: 'Keep' },
      confirmProps: { color: 'red', size: 'sm' },
      cancelProps: { size: 'sm' },
      onConfirm: () => write(false),
    });
  return (
    <section className={styles.form}>
      <h3>Roles</h3>
      <GrantsField grants={grants} onChange={setGrants} />
      {save.isError ? <Failure error={save.error} /> : null}
      <Group justify="space-between">
        <May needs="people.manage">
          <Button
            variant="default"
            leftSection={<IconUserOff size={14} stroke={1.6} />}
            loading={save.isPending}
            onClick={isOff ? () => write(true) : confirm}
          >
            {isOff ? 'Bring back' : 'Deactivate'}
          </Button>
        </May>
        <May needs="people.manage">
          <Button
            size="sm"
            disabled={!changed || grants.length === 0}
            loading={save.isPending}
            onClick={() => write(!isOff)}
          >
            Save roles
          </Button>
        </May>
      </Group>
    </section>
  );
}
