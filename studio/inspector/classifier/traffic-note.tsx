import { useQuery } from '@tanstack/react-query';
import { classifiers as builtIn, type PolicyNode } from '#engine/nodes/index.ts';
import { callApi } from '../../client/call-api.ts';
import { useDocument } from '../../document/index.ts';
import { formatCount, formatShare } from '../../look/format.ts';
import { trafficShares } from './bench-figures.ts';
import styles from './classifier.module.css';

/** What the needed confidence does to logged traffic and its cost; “unknown” where the log does not hold the answers. */
export function TrafficNote({
  node,
  opening,
}: {
  readonly node: Extract<PolicyNode, { kind: 'classifier' }>;
  /** The confidence when the bench was opened: what moves is compared with it. */
  readonly opening: number;
}) {
  const policy = useDocument((state) => state.policy.id);
  const { classifier } = node;
  const query = { classifier, ...(builtIn.has(classifier) ? {} : { policy }) };
  const { data } = useQuery({
    queryKey: ['classifier-traffic', query],
    queryFn: ({ signal }) => callApi('readClassifierTraffic', { query }, signal),
    staleTime: 60_000,
  });
  if (data === undefined) return null;
  if (data.known === 0)
    return (
      <p className={styles.fact}>
        {data.requests === 0
          ? 'Logged traffic: none in the last 14 days.'
          : `Logged traffic: unknown. The log does not hold what this classifier says of the ${formatCount(data.requests)} requests of the last 14 days.`}
      </p>
    );
  const shares = trafficShares(data.steps, new Set(Object.keys(node.ports)), node.confidence, opening);
  const of = (part: 'otherwise' | 'moved', what: 'requests' | 'costNanoUsd'): string =>
    shares.known[what] === 0 ? 'unknown' : formatShare(shares[part][what] / shares.known[what]);
  return (
    <p className={styles.fact}>
      <strong>{of('otherwise', 'requests')}</strong>
      {` of ${data.sandbox ? 'logged (sample) ' : 'logged '}requests and ${of('otherwise', 'costNanoUsd')} of their cost leave by “otherwise”`}
      {node.confidence === opening
        ? '.'
        : `; ${of('moved', 'requests')} and ${of('moved', 'costNanoUsd')} of the cost move against ${formatShare(opening)}.`}
      <small>
        {` ${formatCount(data.known)} of ${formatCount(data.requests)} requests in 14 days have this classifier’s answer in the log`}
        {data.withoutCost === 0 ? '.' : `; the cost of ${formatCount(data.withoutCost)} is unknown.`}
      </small>
    </p>
  );
}
