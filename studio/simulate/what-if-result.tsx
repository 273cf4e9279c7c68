import type { SimulationResult } from '#engine/simulate/result.ts';
import { DayChart } from '../look/day-chart.tsx';
import { formatMoneyShort, shortHash } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { AffectedTable } from './affected.tsx';
import { ChangedDecisions } from './changed-decisions.tsx';
import { Effects } from './effects.tsx';
import { EvidenceBar } from './evidence-bar.tsx';
import { TargetsTable, TransitionsTable } from './segment-tables.tsx';
import { Segments } from './segments.tsx';
import { Timeline } from './timeline.tsx';
import { shortVerdictOf, verdictOf } from './verdict.ts';
import { Waterfall } from './waterfall.tsx';
import styles from './what-if.module.css';

/** Everything a what-if answers, the verdict first. */
export function WhatIfResult({
  result,
  windowName,
  policy,
}: {
  readonly result: SimulationResult;
  readonly windowName: string;
  /** Id of the candidate's policy. */
  readonly policy: string;
}) {
  const days = result.by_day;
  return (
    <>
      <p className={styles.verdict} data-tone={shortVerdictOf(result).tone} role="status">
        {verdictOf(result, windowName)}
      </p>
      <Effects result={result} />
      <EvidenceBar result={result} />
      <div className={styles.two}>
        <Card title="Cost by day" aside={<BeforeAfterKeys />}>
          <DayChart
            label="Cost by day, before and after"
            days={days.map((day) => day.day)}
            series={[
              {
                key: 'before',
                label: 'Before',
                tone: 'var(--wb-before)',
                values: days.map((day) => day.cost_before),
              },
              {
                key: 'after',
                label: 'After',
                tone: 'var(--wb-accent)',
                values: days.map((day) => day.cost_after),
              },
            ]}
            format={formatMoneyShort}
            height={220}
          />
        </Card>
        <TransitionsTable transitions={result.transitions} />
      </div>
      <div className={styles.two}>
        <Waterfall result={result} />
        <TargetsTable targets={result.by_target} />
      </div>
      <Timeline timeline={result.timeline} />
      <Segments segments={result.segments} />
      <div className={styles.two}>
        <AffectedTable title="Saves most" rows={result.winners} />
        <AffectedTable title="Pays most more" rows={result.losers} />
      </div>
      <ChangedDecisions changes={result.changes} total={result.changed} policy={policy} />
      <Card title="How this was worked out">
        <ul className={styles.assumptions}>
          {result.assumptions.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Reproduce result={result} />
      </Card>
    </>
  );
}

function BeforeAfterKeys() {
  return (
    <span className={styles.keys} aria-hidden="true">
      <span>
        <i style={{ background: 'var(--wb-before)' }} /> before
      </span>
      <span>
        <i style={{ background: 'var(--wb-accent)' }} /> after
      </span>
    </span>
  );
}

function Reproduce({ result }: { readonly result: SimulationResult }) {
  const facts = [
    ['candidate', shortHash(result.policy_hash)],
    ['baseline', result.baseline_hash === '' ? 'the log itself' : shortHash(result.baseline_hash)],
    ['records', shortHash(result.records_hash)],
    ['price book', result.price_book],
    ['seed', String(result.seed)],
  ] as const;
  return (
    <div className={styles.reproduce}>
      <span>The same question has the same answer:</span>
      {facts.map(([name, value]) => (
        <span key={name}>
          {name} <code>{value}</code>
        </span>
      ))}
    </div>
  );
}
