import { Menu } from '@mantine/core';
import { IconLogout, IconUserCircle, IconUserCog } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useSession } from '../client/session.ts';
import { useChange } from '../client/use-change.ts';
import styles from '../shell/shell.module.css';

const AccountDialog = lazy(async () => ({ default: (await import('./account-dialog.tsx')).AccountDialog }));

/** Who is signed in, their account, and the way out. Nothing where nobody in particular is. */
export function AccountMenu() {
  const me = useSession().data?.me ?? null;
  const [dialog, setDialog] = useState<'never' | 'open' | 'closed'>('never');
  const signOut = useChange('signOut', {
    stale: [],
    failure: 'You are still signed in',
    // The whole page: nothing that this person was shown stays in memory.
    onDone: () => window.location.assign('/sign-in'),
  });
  if (me === null || me.email === '') return null;
  return (
    <>
      <Menu position="right-end" withinPortal width={240}>
        <Menu.Target>
          <button type="button" className={styles.link} aria-label={`Account: ${me.name}`}>
            <IconUserCircle size={20} stroke={1.6} aria-hidden="true" />
            <span className={styles.who}>{me.name.split(' ')[0]}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={styles.me}>
            <strong>{me.name}</strong>
            <span className="wb-muted">{me.email}</span>
            {me.grants.map(({ role, team }) => (
              <span key={`${role} ${team ?? ''}`} className="wb-muted">
                {role} {team === null ? 'everywhere' : `of ${team}`}
              </span>
            ))}
          </div>
          <Menu.Divider />
          <Menu.Item leftSection={<IconUserCog size={16} stroke={1.6} />} onClick={() => setDialog('open')}>
            Your account…
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => signOut.mutate({})}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'never' ? null : (
        <Suspense fallback={null}>
          <AccountDialog me={me} opened={dialog === 'open'} onClose={() => setDialog('closed')} />
        </Suspense>
      )}
    </>
  );
}
