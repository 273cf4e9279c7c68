import styles from './look.module.css';

const tones = {
  good: 'var(--wb-good)',
  bad: 'var(--wb-bad)',
  warn: 'var(--wb-warn)',
  accent: 'var(--wb-accent)',
  neutral: 'var(--wb-faint)',
} as const;
export type Tone = keyof typeof tones;

/** A coloured dot before a word; the word carries the meaning. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: React.ReactNode }) {
  return (
    <span className={styles.status}>
      <span className={styles.dot} style={{ background: tones[tone] }} />
      {children}
    </span>
  );
}

/** How a request ended, as a dot and a word. */
export function RequestStatus({ status }: { readonly status: string }) {
  const tone: Tone =
    status === 'served' ? 'good' : status === 'failed' ? 'bad' : status === 'refused' ? 'warn' : 'neutral';
  return <Status tone={tone}>{status}</Status>;
}
