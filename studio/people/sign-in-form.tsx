import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useState } from 'react';
import { signOnStartPath } from '#server/contract/sign-on.ts';
import { sessionKey } from '../client/session.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './entry.module.css';
import { signedInPath } from './return-path.ts';

interface Props {
  /** Known where somebody signs in again. */
  readonly email?: string;
  /** The name of single sign-on, where it is set up. */
  readonly signOn: string | null;
  /** Where single sign-on leads back to. */
  readonly backTo: string;
  readonly onDone: () => void;
}

/** E-mail and password, or single sign-on. */
export function SignInForm({ email: known = '', signOn, backTo, onDone }: Props) {
  const isAgain = backTo === signedInPath;
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const signIn = useChange('signIn', { stale: [sessionKey], onDone });
  return (
    <div className={styles.form}>
      {signOn === null ? null : (
        <>
          <Button
            component="a"
            href={`${signOnStartPath}?return=${encodeURIComponent(backTo)}`}
            {...(isAgain ? { target: '_blank', rel: 'noopener' } : {})}
            variant="default"
            size="md"
            fullWidth
            leftSection={<IconLogin2 size={17} stroke={1.7} />}
          >
            Continue with {signOn}
          </Button>
          <span className={styles.or}>or with a password</span>
        </>
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate({ body: { email: email.trim(), password } });
        }}
      >
        <TextInput
          size="sm"
          type="email"
          label="E-mail"
          autoComplete="username"
          readOnly={known !== ''}
          data-autofocus={known === '' || undefined}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          size="sm"
          label="Password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          data-autofocus={known !== '' || undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.isError ? <Failure error={signIn.error} /> : null}
        <Button
          type="submit"
          size="md"
          fullWidth
          disabled={email.trim() === '' || password === ''}
          loading={signIn.isPending}
        >
          Sign in
        </Button>
      </form>
    </div>
  );
}
