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
  IconShieldLock,
  IconStack2,
  IconUserShield,
  IconUsersGroup,
  IconWaveSine,
} from '@tabler/icons-react';
import type { Permission } from '#server/contract/index.ts';
import { useSession } from '../client/session.ts';

interface Room {
  readonly path: string;
  readonly label: string;
  readonly icon: typeof IconRoute;
  /** What only some roles may read; the others read it all. */
  readonly needs?: Permission;
}

/** The rooms of the studio, in the order of the navigation. */
const rooms: readonly Room[] = [
  { path: '/policies', label: 'Policies', icon: IconRoute },
  { path: '/rollouts', label: 'Rollouts', icon: IconRocket },
  { path: '/what-if', label: 'What-if', icon: IconGitCompare, needs: 'what_if.run' },
  { path: '/traffic', label: 'Traffic', icon: IconWaveSine },
  { path: '/spend', label: 'Spend', icon: IconReportMoney },
  { path: '/budgets', label: 'Budgets', icon: IconPigMoney },
  { path: '/models', label: 'Models', icon: IconStack2 },
  { path: '/health', label: 'Health', icon: IconActivityHeartbeat },
  { path: '/privacy', label: 'Privacy', icon: IconShieldLock, needs: 'privacy.read' },
  { path: '/teams', label: 'Teams', icon: IconUsersGroup },
  { path: '/people', label: 'People', icon: IconUserShield, needs: 'people.read' },
  { path: '/providers', label: 'Providers', icon: IconCloud },
  { path: '/audit', label: 'Audit', icon: IconHistory, needs: 'audit.read' },
  { path: '/connect', label: 'Connect', icon: IconPlugConnected },
];

/** Those that whoever looks may enter; all while that is not known. */
export function useRooms(): readonly Room[] {
  const allowed = useSession().data?.allowed;
  return rooms.filter(({ needs }) => needs === undefined || allowed === undefined || allowed.has(needs));
}
