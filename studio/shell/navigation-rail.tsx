import { Tooltip } from '@mantine/core';
import {
  IconActivityHeartbeat,
  IconCloud,
  IconGitCompare,
  IconHistory,
  IconPigMoney,
  IconPlugConnected,
  IconReportMoney,
  IconRocket,
  IconRoute,
  IconSearch,
  IconShieldLock,
  IconStack2,
  IconUsersGroup,
  IconWaveSine,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { Logo } from '../look/logo.tsx';
import { callPalette } from './palette-door.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import styles from './shell.module.css';

/** The rooms of the studio, in the order of the navigation. */
export const rooms = [
  { path: '/policies', label: 'Policies', icon: IconRoute },
  { path: '/rollouts', label: 'Rollouts', icon: IconRocket },
  { path: '/what-if', label: 'What-if', icon: IconGitCompare },
  { path: '/traffic', label: 'Traffic', icon: IconWaveSine },
  { path: '/spend', label: 'Spend', icon: IconReportMoney },
  { path: '/budgets', label: 'Budgets', icon: IconPigMoney },
  { path: '/models', label: 'Models', icon: IconStack2 },
  { path: '/health', label: 'Health', icon: IconActivityHeartbeat },
  { path: '/privacy', label: 'Privacy', icon: IconShieldLock },
  { path: '/teams', label: 'Teams', icon: IconUsersGroup },
  { path: '/providers', label: 'Providers', icon: IconCloud },
  { path: '/audit', label: 'Audit', icon: IconHistory },
  { path: '/connect', label: 'Connect', icon: IconPlugConnected },
] as const;

/** Slim navigation at the left edge. */
export function NavigationRail() {
  const [location] = useLocation();
  return (
    <nav className={styles.rail} aria-label="Waybill">
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
    </nav>
  );
}
