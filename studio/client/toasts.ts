import { notifications } from '@mantine/notifications';
import { messageOf } from './api-failure.ts';

const closeButtonProps = { 'aria-label': 'Dismiss' };

/** A toast that something is done. */
export function tellDone(title: string, message = ''): void {
  notifications.show({ title, message, color: 'ink', withBorder: true, closeButtonProps });
}

/** A toast that something failed. */
export function tellFailure(title: string, error: unknown): void {
  notifications.show({
    title,
    message: messageOf(error),
    color: 'red',
    withBorder: true,
    autoClose: 9_000,
    closeButtonProps,
  });
}
