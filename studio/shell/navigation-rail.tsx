import { Tooltip } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { Logo } from '../look/logo.tsx';
import { AccountMenu } from '../people/account-menu.tsx';
import { callPalette } from './palette-door.tsx';
import { useRooms } from './rooms.ts';
import { SchemeToggle } from './scheme-toggle.tsx';
import styles from './shell.module.css';

/** Slim navigation at the left edge. */
export function NavigationRail() {
  const [location] = useLocation();
  const rooms = useRooms();
  const rail = useRef<HTMLElement>(null);
  // On a phone the rooms scroll sideways: the one that is open is brought into view.
  useEffect(() => {
    const open = rail.current?.querySelector(`[aria-current="page"][href="/${location.split('/')[1]}"]`);
    open?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [location]);
  return (
    <nav ref={rail} className={styles.rail} aria-label="Waybill">
      <Link href="/" className={styles.logo ?? ''} aria-label="Waybill: open the policy that serves auto">
        <Logo />
      </Link>
      {rooms.map(({ path, label, icon: Icon }) => (
        <Link
          key={path}
          href={path}
          className={styles.link ?? ''}
          aria-current={location.startsWith(path) ? 'page' : undefined}
        >
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          {label}
        </Link>
      ))}
      <span className={styles.spacer} />
      <Tooltip label="Search and commands (Ctrl K, ⌘ K)" position="right">
        <button type="button" className={styles.link} onClick={callPalette}>
          <IconSearch size={20} stroke={1.6} aria-hidden="true" />
          Search
        </button>
      </Tooltip>
      <SchemeToggle />
      <AccountMenu />
    </nav>
  );
}
