import { Tooltip } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useStatus } from '../client/queries.ts';
import styles from './look.module.css';

/** Says that numbers here are simulated, wherever they may be. `shown` forces it for a screen whose data is sample. */
export function SandboxBadge({ shown = false }: { readonly shown?: boolean }) {
  const { data } = useStatus();
  const simulated = data?.sandbox === true;
  const sample = data?.sampleTraffic === true || shown;
  if (!simulated && !sample) return null;
  return (
    <Tooltip
      multiline
      w={280}
      label={`${simulated ? 'A simulated upstream answers in place of providers without a key. ' : ''}${
        sample ? 'The log holds generated sample traffic.' : ''
      } Add a provider key to use real models.`}
    >
      <span className={styles.sandbox}>
        <IconFlask size={14} stroke={1.8} aria-hidden="true" />
        {simulated ? 'Sandbox' : 'Sample traffic in the log'}
        {simulated ? (
          <span className={styles['sandbox-detail']}>: simulated models, no money is spent</span>
        ) : null}
      </span>
    </Tooltip>
  );
}
