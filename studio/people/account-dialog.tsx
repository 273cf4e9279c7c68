import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { type Person, sessionKey } from '../client/session.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { isGoodPassword, noPassword, PasswordFields } from './password-fields.tsx';
import styles from './people.module.css';
import { accountsKey } from './people-queries.ts';
import { SessionsList } from './sessions-list.tsx';

/** One's own account: the password, and where one is signed in. */
export function AccountDialog({
  me,
  opened,
  onClose,
}: {
  readonly me: Person;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Your account" size={480}>
      <div className={styles.sections}>
        <section>
          <h3>Signed in</h3>
          <SessionsList account={me.id} own />
        </section>
        <section>
          <h3>Password</h3>
          <ChangePassword />
        </section>
      </div>
    </Modal>
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState(noPassword);
  const change = useChange('changePassword', {
    stale: [sessionKey, accountsKey],
    onDone: () => {
      setCurrent('');
      setPassword(noPassword);
      tellDone('Your password is changed', 'You are signed out everywhere else.');
    },
  });
  return (
    <form
      className={styles.form}
      aria-label="Change the password"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ body: { current, password: password.once } });
      }}
    >
      <PasswordInput
        size="xs"
        label="Present password"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordFields value={password} onChange={setPassword} label="New password" />
      {change.isError ? <Failure error={change.error} /> : null}
      <Group justify="flex-end">
        <Button
          type="submit"
          size="sm"
          disabled={current === '' || !isGoodPassword(password)}
          loading={change.isPending}
        >
          Change the password
        </Button>
      </Group>
    </form>
  );
}
