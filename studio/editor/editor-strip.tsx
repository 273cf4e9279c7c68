import { Switch } from '@mantine/core';
import { Link } from 'wouter';
import { useTraffic } from '../client/traffic-feed.ts';
import { formatDuration, formatMoney, shortHash } from '../look/format.ts';
import { SandboxBadge } from '../look/sandbox-badge.tsx';
import { Status } from '../look/status.tsx';
import { shortVerdictOf } from '../simulate/verdict.ts';
import styles from './editor.module.css';
import { useEditor, useEditorStore } from './editor-state.ts';
import { useDraftWhatIf } from './use-draft-what-if.ts';

/** One line under the header: what the draft would have cost, and what is happening right now. */
export function EditorStrip({ policyId }: { readonly policyId: string }) {
  const editor = useEditorStore();
  const showsTraffic = useEditor((state) => state.showsTraffic);
  return (
    <div className={styles.strip}>
      <WhatIfLine policyId={policyId} />
      <div className={styles['strip-end']}>
        <Ticker policyId={policyId} />
        <Switch
          size="xs"
          label="Traffic on edges"
          checked={showsTraffic}
          onChange={(event) => editor.setState({ showsTraffic: event.currentTarget.checked })}
        />
        <SandboxBadge />
      </div>
    </div>
  );
}

function WhatIfLine({ policyId }: { readonly policyId: string }) {
  const { isBroken, result } = useDraftWhatIf();
  if (isBroken)
    return <span className={styles['what-if']}>The what-if waits until the problems are solved.</span>;
  if (result.isError) return <span className={styles['what-if']}>What-if: {result.error.message}</span>;
  if (result.data === undefined)
    return <span className={styles['what-if']}>Replaying the last 14 days…</span>;
  if (result.data.records === 0)
    return <span className={styles['what-if']}>No traffic in the last 14 days to replay.</span>;
  const { before, after, changeText, tone, moved } = shortVerdictOf(result.data);
  return (
    <Link href={`/what-if/${policyId}`} className={styles['what-if'] ?? ''} data-busy={result.isFetching}>
      Last 14 days:
      <strong>{before}</strong>→<strong>{after}</strong>
      <em data-tone={tone}>({changeText})</em>· {moved}
    </Link>
  );
}

/** The newest finished request of this policy. */
function Ticker({ policyId }: { readonly policyId: string }) {
  const latest = useTraffic((feed) => feed.events.find((event) => event.policy === policyId));
  if (latest === undefined) return null;
  const { id, target, status, costNanoUsd, latencyMs } = latest;
  return (
    <Link
      key={id}
      href={`/traffic/${encodeURIComponent(id)}`}
      className={styles.ticker ?? ''}
      style={{ textDecoration: 'none' }}
      title={`Request ${shortHash(id)}: open its record`}
    >
      <Status tone={status === 'served' ? 'good' : 'bad'}>{null}</Status>
      <code>{target === '' ? status : target}</code>
      {formatMoney(costNanoUsd)} · {formatDuration(latencyMs)}
    </Link>
  );
}
