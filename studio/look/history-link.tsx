import { IconHistory } from '@tabler/icons-react';
import { Link } from 'wouter';
import styles from './look.module.css';

/** The way to what the audit holds about something, at the end of a line. */
export function HistoryLink({ subject }: { readonly subject: string }) {
  return (
    <Link href={`/audit?subject=${encodeURIComponent(subject)}`} className={styles.history ?? ''}>
      <IconHistory size={14} stroke={1.6} aria-hidden="true" /> History
    </Link>
  );
}
