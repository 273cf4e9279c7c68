import { Button, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { usePolicies } from '../client/queries.ts';
import { type NamedPolicy, useComparison } from '../client/spend-queries.ts';
import { Failure } from '../look/feedback.tsx';
import { formatCount, formatMoney, formatMoneyChange, formatShare } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { saveFile } from '../look/save-file.ts';
import { Explained } from './explained.tsx';
import { type Comparison, savingsCsv } from './savings-csv.ts';
import styles from './spend.module.css';

interface Props {
  readonly window: { readonly from: number; readonly to: number };
}

const spent = 'spent';

/** What was saved against a baseline that somebody names, through the simulator: by what was served, or by a policy. */
export function Savings({ window }: Props) {
  const choices = useChoices();
  const [baseline, setBaseline] = useState<string | null>(null);
  const [looked, setLooked] = useState<string>(spent);
  const comparison = useComparison(
    baseline === null ? null : namedIn(baseline),
    looked === spent ? null : namedIn(looked),
    window,
  );
  const names = { baseline: choices.get(baseline ?? '') ?? '', looked: choices.get(looked) ?? '' };
  const data = [...choices].map(([value, label]) => ({ value, label }));
  return (
    <Card
      title="Savings report"
      aside={comparison.data === undefined ? null : <Export answer={comparison.data} names={names} />}
    >
      <div className={styles.choices}>
        <Select
          size="xs"
          label="Baseline"
          placeholder="Choose a policy"
          data={data.filter(({ value }) => value !== spent)}
          value={baseline}
          onChange={setBaseline}
        />
        <Select
          size="xs"
          label="Looked at"
          data={data}
          value={looked}
          onChange={(value) => setLooked(value ?? spent)}
          allowDeselect={false}
        />
      </div>
      {baseline === null ? (
        <p className="wb-muted">
          Name a baseline, such as a policy that sends everything to one model: the same requests are replayed
          through it and both bills stand side by side.
        </p>
      ) : null}
      {comparison.isFetching ? <p role="status">Replaying the requests of this period…</p> : null}
      {comparison.isError ? (
        <Failure error={comparison.error} onRetry={() => void comparison.refetch()} />
      ) : null}
      {comparison.data === undefined || comparison.isFetching ? null : (
        <Bills answer={comparison.data} names={names} />
      )}
    </Card>
  );
}

/** `support@2` for a version, `support` for a draft, and what was spent; with their names. */
function useChoices(): ReadonlyMap<string, string> {
  const { data } = usePolicies();
  const policies = (data?.policies ?? []).flatMap(({ id, name, published }) => [
    ...(published === null ? [] : [[`${id}@${published.version}`, `${name} v${published.version}`] as const]),
    [id, `${name} (draft)`] as const,
  ]);
  return new Map([[spent, 'What was spent'], ...policies]);
}

function namedIn(choice: string): NamedPolicy {
  const [id = '', version] = choice.split('@');
  return { id, version: version === undefined ? null : Number(version) };
}

interface Names {
  readonly baseline: string;
  readonly looked: string;
}

function Export({ answer, names }: { readonly answer: Comparison; readonly names: Names }) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={14} stroke={1.7} />}
      onClick={() => saveFile(savingsCsv(answer, names), 'savings.csv', 'text/csv')}
    >
      Export
    </Button>
  );
}

function Bills({ answer, names }: { readonly answer: Comparison; readonly names: Names }) {
  const { saved, actual, routing, other, coverage, requests, assumptions } = answer;
  const isSpent = names.looked === 'What was spent';
  const amount = formatMoney(Math.abs(saved.net));
  const isSure = saved.low > 0 || saved.high < 0;
  const who = isSpent ? 'Today’s routing' : names.looked;
  return (
    <>
      <p className={styles.claim}>
        {saved.net >= 0
          ? `${who} ${isSpent ? 'saved' : 'would have saved'} ${amount}`
          : `${names.baseline} would have saved ${amount}`}
      </p>
      <p className={styles.small}>
        {isSure
          ? `between ${formatMoney(Math.min(Math.abs(saved.low), Math.abs(saved.high)))} and ${formatMoney(Math.max(Math.abs(saved.low), Math.abs(saved.high)))}, 19 of 20 times`
          : `but it may as well be nothing: from ${formatMoneyChange(saved.low)} to ${formatMoneyChange(saved.high)}`}
      </p>
      <dl className={styles.sums}>
        <dt>
          {isSpent ? 'Spent' : names.looked}, {formatCount(requests)} requests
        </dt>
        <dd>{formatMoney(actual)}</dd>
        <dt>of it routing’s own</dt>
        <dd>{formatMoney(routing)}</dd>
        <dt>
          <Explained by={assumptions.slice(0, 6).join(' ')}>Under {names.baseline}</Explained>
        </dt>
        <dd>{formatMoney(other.cost)}</dd>
      </dl>
      <p className={styles.small}>
        The cost of {formatShare(coverage)} of the requests is known on both sides. Routing’s own cost is
        taken off{isSpent ? '' : ' as it was in this period'}.
      </p>
    </>
  );
}
