import { IconFlame } from '@tabler/icons-react';
import { useState } from 'react';
import type { PoolShape } from '#server/contract/index.ts';
import { titleIn, useDocument } from '../document/index.ts';
import { formatDuration, formatMoney, formatShare, formatTokens } from '../look/format.ts';
import styles from './pool-pane.module.css';
import tester from './tester.module.css';

type Candidate = PoolShape['candidates'][number];

const words = {
  cost: 'cheapest first',
  latency: 'fastest first',
  quality: 'highest quality first',
  balanced: 'best balance first',
} as const;
const shownAtFirst = 8;

/** Every candidate of a pool with its figures, in the order of trying, and why the others lost. */
export function PoolPane({ pool }: { readonly pool: PoolShape }) {
  const policy = useDocument((state) => state.policy);
  const [all, setAll] = useState(false);
  const { candidates, objective, affinity } = pool;
  const shown = all ? candidates : candidates.slice(0, shownAtFirst);
  const title = titleIn(policy, pool.node);
  return (
    <div className={styles.pool}>
      <h3 className={tester.heading}>
        {title}: {words[objective]}
        <span className={styles.basis}>
          for {formatTokens(pool.inputTokens)} tokens in, {formatTokens(pool.outputTokens)} out
        </span>
      </h3>
      {affinity !== null && (
        <p className={styles.stay}>
          <IconFlame size={15} stroke={1.8} aria-hidden="true" />
          <span>{affinity.sentence}</span>
        </p>
      )}
      <table className={styles.candidates}>
        <caption className="wb-hidden">Candidates of {title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="wb-hidden">Order</span>
            </th>
            <th scope="col">Candidate</th>
            <th scope="col" className={styles.extra}>
              Score
            </th>
            <th scope="col">Cost</th>
            <th scope="col">Time</th>
            <th scope="col" className={styles.extra}>
              Quality
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((candidate) => (
            <Row key={candidate.target} candidate={candidate} isTried={isTried(candidate, pool)} />
          ))}
        </tbody>
      </table>
      {candidates.length > shownAtFirst && (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${candidates.length}`}
        </button>
      )}
    </div>
  );
}

function isTried({ rank }: Candidate, { attempts }: PoolShape): boolean {
  return rank !== null && rank <= attempts;
}

function Row({ candidate, isTried }: { readonly candidate: Candidate; readonly isTried: boolean }) {
  const { target, rank, out, setback, why, score, costNanoUsd, latencyMs, quality, errorRate, warmTokens } =
    candidate;
  const details = [
    why,
    ...(warmTokens > 0 ? [`${formatTokens(warmTokens)} tokens warm`] : []),
    ...(errorRate > 0 ? [`${formatShare(errorRate)} errors lately`] : []),
  ];
  return (
    <tr data-place={rank === 1 ? 'first' : isTried ? 'later' : 'out'}>
      <td className={styles.rank}>{isTried ? rank : <span className="wb-hidden">not tried</span>}</td>
      <th scope="row">
        <span className={styles.target} title={target}>
          {target}
        </span>
        <span
          className={styles.why}
          data-bad={out !== null || setback !== null || undefined}
          title={details.join(' · ')}
        >
          {details.join(' · ')}
        </span>
      </th>
      <td className={styles.extra}>{score === null ? '–' : Math.round(score)}</td>
      <td>{costNanoUsd === null ? '–' : formatMoney(costNanoUsd)}</td>
      <td>{latencyMs === null ? '–' : formatDuration(latencyMs)}</td>
      <td className={styles.extra}>{quality === null ? '–' : Math.round(quality)}</td>
    </tr>
  );
}
