import { IconAlertTriangle, IconClockHour4 } from '@tabler/icons-react';
import { formatCount, formatDuration, formatShare } from '../look/format.ts';
import styles from './live-figures.module.css';
import { type LiveFlow, useLiveEdge, useLiveNode } from './live-map.ts';

/** What came by a flow, as a sentence: the same for the eye that sees no colours, and for the one that sees nothing. */
export function liveSentence({ requests, failed, recovered, latencyP50Ms, latencyP95Ms }: LiveFlow): string {
  if (requests === 0) return 'No request in the last minutes';
  return [
    `${formatCount(requests)} request${requests === 1 ? '' : 's'}`,
    ...(failed === 0 ? [] : [`${formatCount(failed)} failed (${formatShare(failed / requests)})`]),
    ...(recovered === 0 ? [] : [`${formatCount(recovered)} answered after a failed call`]),
    ...(latencyP50Ms === null
      ? []
      : [`half within ${formatDuration(latencyP50Ms)}, 95 % within ${formatDuration(latencyP95Ms)}`]),
  ].join(', ');
}

/** Above a card: how many came by, and what is wrong with it, if anything. */
export function LiveBadge({ id }: { readonly id: string }) {
  const flow = useLiveNode(id);
  if (flow === null) return null;
  const troubled = flow.failed + flow.recovered;
  return (
    <span className={styles.badge} data-tint={flow.tint} data-live-node={id} title={liveSentence(flow)}>
      {flow.requests === 0 ? (
        'idle'
      ) : (
        <>
          <strong>{formatCount(flow.requests)}</strong>
          {flow.latencyP95Ms === null ? null : (
            <span>
              {flow.tint === 'slow' || flow.tint === 'very-slow' ? (
                <IconClockHour4 size={12} aria-hidden="true" />
              ) : null}
              p95 {formatDuration(flow.latencyP95Ms)}
            </span>
          )}
          {troubled === 0 ? null : (
            <span data-failed="">
              <IconAlertTriangle size={12} aria-hidden="true" />
              {flow.failed > 0 ? `${formatCount(flow.failed)} failed` : `${formatCount(troubled)} recovered`}
            </span>
          )}
        </>
      )}
    </span>
  );
}

/** Beside an exit: the share of the traffic that leaves here. */
export function LiveShare({ edge }: { readonly edge: string }) {
  const flow = useLiveEdge(edge);
  if (flow === null) return null;
  return (
    <span className={styles.share} data-tint={flow.tint} title={liveSentence(flow)} data-detail="">
      {flow.requests === 0 ? null : (
        <>
          <strong>{formatShare(flow.share)}</strong> {formatCount(flow.requests)}
        </>
      )}
    </span>
  );
}
