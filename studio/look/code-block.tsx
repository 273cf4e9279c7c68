import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import styles from './look.module.css';
import { Scrollable } from './scrollable.tsx';

/** Copies a text; says so. */
export function Copy({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  return (
    <CopyButton value={text} timeout={1_500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : label}>
          <ActionIcon size="sm" onClick={copy} aria-label={copied ? 'Copied' : label}>
            {copied ? <IconCheck size={15} stroke={1.8} /> : <IconCopy size={15} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** One line to copy, such as a secret or an address. */
export function CopyLine({
  text,
  label,
  testId,
}: {
  readonly text: string;
  readonly label: string;
  readonly testId?: string;
}) {
  return (
    <div className={styles['copy-line']}>
      <code className="wb-code" data-testid={testId}>
        {text}
      </code>
      <Copy text={text} label={label} />
    </div>
  );
}

/** Code to copy. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <figure className={styles.code} style={{ margin: 0 }} aria-label={label}>
      <Scrollable as="pre">
        <code>{code}</code>
      </Scrollable>
      <span className={styles['code-copy']}>
        <Copy text={code} label={`Copy ${label}`} />
      </span>
    </figure>
  );
}
