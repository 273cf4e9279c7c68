import type { ReactNode } from 'react';
import type { Permission } from '#server/contract/permissions.ts';
import { usePermission } from './use-permission.ts';

interface Props {
  readonly needs: Permission;
  /** The team it is about; `undefined`: anywhere is enough. */
  readonly team?: string | null;
  readonly children: ReactNode;
  /** What stands there for the others. */
  readonly otherwise?: ReactNode;
}

/** Something that is there only for whoever may use it. Where its absence would puzzle, `May` says why instead. */
export function Permitted({ needs, team, children, otherwise = null }: Props) {
  return usePermission(needs, team).allowed ? children : otherwise;
}
