import type { HTMLAttributes } from 'react';

/** What scrolls by itself: a keyboard has to reach it, though there is nothing in it to press. */
export function Scrollable({
  as: Tag = 'section',
  ...props
}: HTMLAttributes<HTMLElement> & {
  readonly as?: 'section' | 'ul' | 'pre';
  readonly ref?: (element: HTMLElement | null) => void;
}) {
  return <Tag {...props} tabIndex={0} />;
}
