import { Tooltip } from '@mantine/core';
import { cloneElement, type MouseEvent, type ReactElement } from 'react';
import type { Permission } from '#server/contract/permissions.ts';
import { usePermission } from './use-permission.ts';

/** What of a control is replaced when one may not use it: it stays in reach of keyboard and pointer, and says why. */
interface Control {
  readonly onClick?: unknown;
  readonly type?: unknown;
  readonly href?: unknown;
  readonly 'data-disabled'?: boolean;
  readonly 'aria-disabled'?: boolean;
}

interface Props {
  readonly needs: Permission;
  /** The team it is about; `undefined`: anywhere is enough. */
  readonly team?: string | null;
  readonly children: ReactElement<Control>;
}

/** A button for whoever may press it; for others switched off, with the reason as its tooltip. */
export function May({ needs, team, children }: Props) {
  const { allowed, reason } = usePermission(needs, team);
  if (allowed) return children;
  const off = {
    'data-disabled': true,
    'aria-disabled': true,
    type: 'button',
    onClick: (event: MouseEvent) => event.preventDefault(),
  };
  return (
    <Tooltip label={reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      {cloneElement(children, off)}
    </Tooltip>
  );
}
