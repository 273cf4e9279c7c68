import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { sessionKey } from '../client/session.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { Card } from '../look/page.tsx';
import { isGoodPassword, noPassword, PasswordFields } from './password-fields.tsx';
import styles from './people.module.css';
import { accountsKey } from './people-queries.ts';

/** While there are no accounts: what that means, what changes with the first, and the form that makes it. */
export function CreateOwner() {
  return (
    <Card title="There are no accounts yet">
      <div className={styles.first}>
        <div>
          <h3>What changes with the first account</h3>
          <ul>
            <li>Everybody who opens this studio signs in; until now whoever reaches it may do everything.</li>
            <li>You are its owner: you invite others, and each gets roles, everywhere or in one team.</li>
            <li>The audit names the person behind every change, instead of “local”.</li>
            <li>Single sign-on (OIDC) can be set up beside passwords.</li>
            <li>
              Applications are not touched: their keys work as before. Scripts that call the API use{' '}
              <code className="wb-code">WAYBILL_ADMIN_TOKEN</code>.
            </li>
          </ul>
        </div>
        <OwnerForm />
      </div>
    </Card>
  );
}

function OwnerForm() {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState(noPassword);
  const create = useChange('createOwner', {
    stale: [accountsKey, sessionKey],
    onDone: () => tellDone('You are the owner', 'This studio asks for a sign-in from now on.'),
  });
  const isReady = name.trim() !== '' && /.@./.test(email) && isGoodPassword(password);
  return (
    <form
      className={styles.form}
      aria-label="Create the owner account"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ body: { name: name.trim(), email: email.trim(), password: password.once } });
      }}
    >
      <TextInput
        label="Name"
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="email"
        label="E-mail"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordFields value={password} onChange={setPassword} />
      {create.isError ? <Failure error={create.error} /> : null}
      <Group justify="flex-end">
        <Button type="submit" size="sm" disabled={!isReady} loading={create.isPending}>
          Create the owner account
        </Button>
      </Group>
    </form>
  );
}
