import { Button } from '@mantine/core';
import { Link } from 'wouter';
import styles from './entry.module.css';
import { EntryFrame } from './entry-frame.tsx';

/** The end of a single sign-on that was begun from a page whose session had ended: the work waits there. */
export function SignedInPage() {
  return (
    <EntryFrame title="You are signed in">
      <div className={styles.form}>
        <p>Close this tab and go back to the one you worked in: it goes on by itself.</p>
        <Button component={Link} href="/" variant="default" size="md" fullWidth>
          Open the studio here
        </Button>
      </div>
    </EntryFrame>
  );
}
