import { NativeSelect, Switch } from '@mantine/core';
import { Link } from 'wouter';
import { useTraffic } from '../client/traffic-feed.ts';
import { formatDuration, formatMoney, shortHash } from '../look/format.ts';
import { SandboxBadge } from '../look/sandbox-badge.tsx';
import { Status } from '../look/status.tsx';
import { isLogWindow, logWindowNames } from '../look/window-control.tsx';
import { shortVerdictOf } from '../simulate/verdict.ts';
import styles from './editor.module.css';
import { recordSetOf, useEditor, useEditorStore } from './editor-state.ts';
import { useDraftWhatIf } from './use-draft-what-if.ts';

/** One line under the header: what the draft would have cost, and what is happening right now. */
export function EditorStrip({ policyId }: { readonly policyId: string }) {
  const editor = useEditorStore();
  const showsTraffic = useEditor((state) => state.showsTraffic);
  const showsLive = useEditor((state) => state.showsLive);
  return (
    <div className={styles.strip}>
      <RecordSetChoice />
      <WhatIfLine policyId={policyId} />
      <div className={styles['strip-end']}>
        <Ticker policyId={policyId} />
        <Switch
          size="xs"
          label="Live map"
          checked={showsLive}
          onChange={(event) => editor.setState({ showsLive: event.currentTarget.checked })}
        />
        <Switch
          size="xs"
          label="Traffic on edges"
          disabled={showsLive}
          checked={showsTraffic}
          onChange={(event) => editor.setState({ showsTraffic: event.currentTarget.checked })}
        />
        <SandboxBadge />
      </div>
    </div>
  );
}

function WhatIfLine({ policyId }: { readonly policyId: string }) {
  const { isBroken, result, numbers, refusal } = useDraftWhatIf();
  const windowName = logWindowNames[useEditor((state) => state.recordSet.window)];
  if (refusal !== null) return <span className={styles['what-if']}>No what-if: {refusal}</span>;
  if (isBroken)
    return <span className={styles['what-if']}>The what-if waits until the problems are solved.</span>;
  if (result.isError) return <span className={styles['what-if']}>What-if: {result.error.message}</span>;
  if (numbers === null) return <span className={styles['what-if']}>Replaying {windowName}…</span>;
  if (numbers.records === 0)
    return <span className={styles['what-if']}>No traffic in {windowName} to replay.</span>;
  const { cost } = numbers;
  const bounds = { low: cost.low ?? cost.after, high: cost.high ?? cost.after };
  const { before, after, changeText, tone, moved } = shortVerdictOf({
    ...numbers,
    cost_nano_usd: { ...cost, ...bounds },
  });
  return (
    <Link href={`/what-if/${policyId}`} className={styles['what-if'] ?? ''} data-busy={!numbers.isCurrent}>
      <strong>{before}</strong>→<strong>{after}</strong>
      <em data-tone={tone}>({changeText})</em>
      <Range low={cost.low} high={cost.high} />· {moved}
    </Link>
  );
}

/** Between which two the cost after the change lies; it comes a moment behind the numbers. */
function Range({ low, high }: { readonly low: number | null; readonly high: number | null }) {
  if (low === null || high === null) return <span className={styles.range}>…</span>;
  if (low === high) return null;
  return (
    <span className={styles.range} title="95 % of what the cost after the change may be">
      {formatMoney(low)}–{formatMoney(high)}
    </span>
  );
}

/** The record set that the draft is replayed on. */
function RecordSetChoice() {
  const editor = useEditorStore();
  const window = useEditor((state) => state.recordSet.window);
  return (
    <NativeSelect
      size="xs"
      variant="unstyled"
      aria-label="Requests to replay"
      className={styles['record-set'] ?? ''}
      value={window}
      onChange={({ currentTarget: { value } }) => {
        if (isLogWindow(value)) editor.setState({ recordSet: recordSetOf(value, Date.now()), live: null });
      }}
      data={Object.entries(logWindowNames).map(([value, name]) => ({
        value,
        label: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      }))}
    />
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
