import { Button, Drawer, Group, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { signalRegistry } from '#engine/signals/index.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { callApi } from '../client/call-api.ts';
import { useRecord } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatMoney } from '../look/format.ts';
import { keyed } from '../look/keyed.ts';
import { Permitted } from '../people/permitted.tsx';
import { stepsOfPath } from './trace.ts';
import styles from './what-if.module.css';

type Changed = SimulationResult['changes'][number];

/** One changed decision: both ways side by side, and a case made of it. */
export function DecisionDrawer({
  change,
  policy,
  onClose,
}: {
  readonly change: Changed | null;
  /** Id of the candidate's policy. */
  readonly policy: string;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      opened={change !== null}
      onClose={onClose}
      position="right"
      size={640}
      title="A changed decision"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {change === null ? null : <Decision key={change.id} change={change} policy={policy} />}
    </Drawer>
  );
}

function Decision({ change, policy }: { readonly change: Changed; readonly policy: string }) {
  return (
    <div className={styles.decision}>
      <p>
        Both go the same way until <code className="wb-code">{change.differs_at}</code>.{' '}
        <Link href={`/traffic/${encodeURIComponent(change.id)}`}>Open the request in Traffic</Link>
      </p>
      <div className={styles.traces}>
        <Trace
          side="Before"
          path={change.path_before}
          target={change.target_before}
          cost={change.cost_before}
          differsAt={change.differs_at}
        />
        <Trace
          side="After"
          path={change.path_after}
          target={change.target_after}
          cost={change.cost_after}
          differsAt={change.differs_at}
        />
      </div>
      <Permitted needs="policies.edit">
        <SaveAsCase change={change} policy={policy} />
      </Permitted>
    </div>
  );
}

function Trace({
  side,
  path,
  target,
  cost,
  differsAt,
}: {
  readonly side: string;
  readonly path: string;
  readonly target: string;
  readonly cost: number | null;
  readonly differsAt: string;
}) {
  return (
    <section aria-label={side}>
      <h3>{side}</h3>
      <ol>
        {keyed(stepsOfPath(path), ({ node }) => node).map(({ key, item: { node, port } }) => (
          <li key={key} data-differs={node === differsAt}>
            <code>{node}</code>
            {port === '' ? null : <span className="wb-muted"> → {port}</span>}
          </li>
        ))}
      </ol>
      <dl>
        <dt>Target</dt>
        <dd>{target === '' ? 'none, refused' : target}</dd>
        <dt>Cost</dt>
        <dd className="wb-number">{formatMoney(cost)}</dd>
      </dl>
    </section>
  );
}

/** What a case of the request expects: the decision on one side. */
export function expectationOf(change: Changed, side: 'before' | 'after') {
  const path = side === 'before' ? change.path_before : change.path_after;
  const target = side === 'before' ? change.target_before : change.target_after;
  return target === '' ? { path } : { path, target };
}

/** The signals a record holds, by their registered names. */
export function signalsIn(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    signalRegistry.flatMap(({ name }) => {
      const value = record[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

function SaveAsCase({ change, policy }: { readonly change: Changed; readonly policy: string }) {
  const [name, setName] = useState(
    `${(change.task ?? 'request').replaceAll('_', ' ')} of ${change.team ?? 'nobody'}: ${change.id.slice(-6)}`,
  );
  const [side, setSide] = useState<'before' | 'after'>('after');
  const record = useRecord(change.id);
  const cases = useQuery({
    queryKey: ['cases', policy],
    queryFn: ({ signal }) => callApi('readCases', { params: { id: policy } }, signal),
  });
  const write = useChange('writeCases', {
    stale: [['cases', policy]],
    onDone: () => tellDone('Saved as a case', `“${name}” is played on every draft of the policy.`),
  });
  const save = () => {
    if (record.data === undefined || cases.data === undefined) return;
    const one = {
      name: name.trim(),
      signals: signalsIn(record.data.record),
      expect: expectationOf(change, side),
    };
    const { revision } = cases.data;
    write.mutate({ params: { id: policy }, body: { cases: [...cases.data.cases, one], revision } });
  };
  const error = record.error ?? cases.error ?? write.error;
  return (
    <section aria-label="Save as a case">
      <h3>Save as a case</h3>
      <TextInput
        label="Name"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        mt="sm"
        label="It expects"
        value={side}
        onChange={(value) => setSide(value === 'before' ? 'before' : 'after')}
      >
        <Group mt={6}>
          <Radio value="before" label="the decision before" />
          <Radio value="after" label="the decision after" />
        </Group>
      </Radio.Group>
      <Group mt="md">
        <Button
          onClick={save}
          loading={write.isPending}
          disabled={name.trim() === '' || record.data === undefined || cases.data === undefined}
        >
          Save as case
        </Button>
        {write.isSuccess ? <span role="status">Saved.</span> : null}
      </Group>
      {error === null ? null : <Failure error={error} />}
    </section>
  );
}
