import { PasswordInput } from '@mantine/core';

export const shortestPassword = 12;

export interface NewPassword {
  readonly once: string;
  readonly twice: string;
}

export const noPassword: NewPassword = { once: '', twice: '' };

/** Whether both are the same and long enough. */
export function isGoodPassword({ once, twice }: NewPassword): boolean {
  return once.length >= shortestPassword && once === twice;
}

/** A new password, twice. Says what is missing once there is something to say it about. */
export function PasswordFields({
  value,
  onChange,
  size = 'xs',
  label: name = 'Password',
}: {
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  readonly size?: 'xs' | 'sm';
  readonly label?: string;
}) {
  const { once, twice } = value;
  const differs = twice !== '' && !once.startsWith(twice) && once !== twice;
  const label = { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } } as const;
  return (
    <>
      <PasswordInput
        {...label}
        size={size}
        label={name}
        description={`At least ${shortestPassword} characters; a few words are better than one with digits in it.`}
        autoComplete="new-password"
        value={once}
        onChange={(event) => onChange({ once: event.currentTarget.value, twice })}
      />
      <PasswordInput
        {...label}
        size={size}
        label="The same password again"
        autoComplete="new-password"
        error={differs ? 'The two passwords differ.' : null}
        value={twice}
        onChange={(event) => onChange({ once, twice: event.currentTarget.value })}
      />
    </>
  );
}
