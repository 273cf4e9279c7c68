import { Button, Group, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { findPlace, placesIn } from '#engine/simulate/sweep/place.ts';
import type { SweepResult } from '#engine/simulate/sweep/sweep-result.ts';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { queryKeys } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { Card } from '../look/page.tsx';
import { usePermission } from '../people/use-permission.ts';
import { SweepTable } from './sweep-table.tsx';
import { bodyOf, type WhatIf } from './use-simulation.ts';
import styles from './what-if.module.css';

/** One number of the draft over a range: what each setting would cost, and how long and how good answers would be. */
export function SweepPanel({
  envelope,
  question,
  onApplied,
}: {
  readonly envelope: PolicyEnvelope;
  readonly question: WhatIf;
  readonly onApplied: () => void;
}) {
  const { policy, revision } = envelope;
  const places = placesIn(policy);
  const [name, setName] = useState(places[0]?.name ?? '');
  const place = places.find((one) => one.name === name) ?? places[0];
  const [low, setLow] = useState<number | string>('');
  const [high, setHigh] = useState<number | string>('');
  const [quality, setQuality] = useState<number | string>('');
  const sweep = useChange('sweepPolicy', { stale: [] });
  const mayEdit = usePermission('policies.edit').allowed;
  const write = useChange('writeDraft', {
    stale: [queryKeys.policy(policy.id)],
    onDone: () => {
      tellDone('Applied to the draft', 'Open the editor to see it, or undo it there.');
      onApplied();
    },
  });
  if (place === undefined) return null;
  const [from, to] = rangeOf(place.value, place.most);
  const run = () =>
    sweep.mutate({
      body: {
        ...bodyOf({ ...question, candidate: { policy } }),
        place: place.name,
        low: low === '' ? from : Number(low),
        high: high === '' ? to : Number(high),
        steps: 11,
        ...(quality === '' ? {} : { min_quality: Number(quality) }),
      },
    });
  const apply = (result: SweepResult, value: number) => {
    const found = findPlace(policy, result.place);
    if (found.kind === 'found')
      write.mutate({ params: { id: policy.id }, body: { policy: found.place.set(value), revision } });
  };
  return (
    <Card title="Sweep a number" padded={false}>
      <Group gap="sm" align="end" className={styles['sweep-form']}>
        <Select
          w={240}
          size="sm"
          label="Number of the policy"
          searchable
          data={places.map((one) => one.name)}
          value={place.name}
          allowDeselect={false}
          onChange={(value) => setName(value ?? place.name)}
        />
        <NumberInput
          w={110}
          size="sm"
          label="Lowest"
          placeholder={String(from)}
          value={low}
          onChange={setLow}
        />
        <NumberInput
          w={110}
          size="sm"
          label="Highest"
          placeholder={String(to)}
          value={high}
          onChange={setHigh}
        />
        <NumberInput
          w={150}
          size="sm"
          label="Keeps quality ≥"
          placeholder="any"
          min={0}
          max={100}
          value={quality}
          onChange={setQuality}
        />
        <Button size="sm" variant="default" loading={sweep.isPending} onClick={run}>
          Sweep
        </Button>
      </Group>
      {sweep.error === null ? null : <Failure error={sweep.error} />}
      {write.error === null ? null : <Failure error={write.error} />}
      {sweep.data === undefined ? null : (
        <SweepTable
          result={sweep.data}
          onApply={
            envelope.origin === 'file' || !mayEdit || write.isPending
              ? null
              : (value) => apply(sweep.data, value)
          }
        />
      )}
    </Card>
  );
}

/** A range to begin with: all of a share, else from nothing to twice what it is. */
function rangeOf(value: number, most: number): readonly [number, number] {
  return most <= 10 ? [0, most] : [0, value === 0 ? 10 : value * 2];
}
