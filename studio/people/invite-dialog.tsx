import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RoleGrant } from '#server/contract/permissions.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { ShownOnce } from '../look/shown-once.tsx';
import { GrantsField } from './grants-field.tsx';
import styles from './people.module.css';
import { accountsKey } from './people-queries.ts';

/** Somebody new: who, with which roles; then the link that is shown this once. */
export function InviteDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Invite somebody" size={520}>
      <InviteForm onClose={onClose} />
    </Modal>
  );
}

const reader: readonly RoleGrant[] = [{ role: 'viewer', team: null }];

function InviteForm({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [grants, setGrants] = useState(reader);
  const invite = useChange('inviteAccount', { stale: [accountsKey] });
  if (invite.data !== undefined) return <InviteLink name={name} link={invite.data.link} onClose={onClose} />;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate({ body: { name: name.trim(), email: email.trim(), grants: [...grants] } });
      }}
    >
      <div className={styles.fields}>
        <TextInput
          label="Name"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="email"
          label="E-mail"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </div>
      <h3>Roles</h3>
      <GrantsField grants={grants} onChange={setGrants} />
      {invite.isError ? <Failure error={invite.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          size="sm"
          disabled={name.trim() === '' || !/.@./.test(email) || grants.length === 0}
          loading={invite.isPending}
        >
          Make the invitation
        </Button>
      </Group>
    </form>
  );
}

/** A link to set a password with, shown this once. */
export function InviteLink({
  name,
  link,
  onClose,
}: {
  readonly name: string;
  readonly link: string;
  readonly onClose: () => void;
}) {
  const address = new URL(link, window.location.origin).href;
  return (
    <ShownOnce text={address} copyLabel="Copy link" testId="invite-link" onClose={onClose}>
      Send this link to <strong>{name}</strong>, who sets a password with it. It works once, and it is shown
      this once: it is kept nowhere.
    </ShownOnce>
  );
}
