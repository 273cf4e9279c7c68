import { Button } from '@mantine/core';
import { IconLink, IconLinkOff, IconRefresh } from '@tabler/icons-react';
import { useAuditChain } from '../client/governance-queries.ts';
import { Copy } from '../look/code-block.tsx';
import { Failure } from '../look/feedback.tsx';
import { plural, shortHash } from '../look/format.ts';
import styles from './audit.module.css';

/** Whether the chain holds, and the hash of its end to note down elsewhere. */
export function ChainStatus() {
  const chain = useAuditChain();
  if (chain.isError) return <Failure error={chain.error} onRetry={() => void chain.refetch()} />;
  const { data } = chain;
  const Icon = data?.ok === false ? IconLinkOff : IconLink;
  return (
    <div className={styles.chain} data-ok={data?.ok} role="status">
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      {data === undefined ? (
        <span className="wb-muted">Checking the chain …</span>
      ) : data.ok ? (
        <>
          <strong>The chain holds</strong>
          <span className="wb-muted">
            {plural(data.entries, 'entry', 'entries')}; the last has the hash{' '}
            <code className="wb-code">{shortHash(data.head.hash)}</code>
          </span>
          <Copy text={data.head.hash} label="Copy the whole hash" />
        </>
      ) : (
        <>
          <strong>The chain is broken at entry {data.broken?.sequence}</strong>
          <span>{data.broken?.message}</span>
        </>
      )}
      <Button
        ml="auto"
        variant="subtle"
        size="compact-xs"
        leftSection={<IconRefresh size={13} stroke={1.8} />}
        loading={chain.isFetching}
        onClick={() => void chain.refetch()}
      >
        Verify
      </Button>
    </div>
  );
}
