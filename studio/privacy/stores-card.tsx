import { Button, Group, NumberInput, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useState } from 'react';
import type { PrivacyView } from '#server/contract/index.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { plural } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { Permitted } from '../people/permitted.tsx';
import { privacyKey } from './privacy-queries.ts';

type Store = PrivacyView['stores'][number];

/** What is kept where, and after how many days records are emptied. */
export function StoresCard({
  stores,
  recordDays,
  zeroRecordDays,
}: Pick<PrivacyView, 'stores' | 'recordDays' | 'zeroRecordDays'>) {
  const said =
    recordDays === null
      ? 'Records are never emptied'
      : `Records are emptied after ${plural(recordDays, 'day')}`;
  const aside = (
    <Permitted needs="privacy.manage" otherwise={<span className="wb-muted">{said}</span>}>
      <RecordDays key={`${recordDays} ${zeroRecordDays}`} days={recordDays} zeroDays={zeroRecordDays} />
    </Permitted>
  );
  return (
    <Card title="What is kept where" padded={false} aside={aside}>
      <DataTable label="What is kept where" columns={columns} rows={stores} keyOf={({ name }) => name} />
    </Card>
  );
}

const columns: readonly Column<Store>[] = [
  {
    key: 'name',
    head: 'Store',
    width: '14%',
    cell: ({ name }) => <span style={{ fontWeight: 500 }}>{name}</span>,
  },
  { key: 'what', head: 'Holds', width: '42%', cell: ({ what }) => what },
  {
    key: 'text',
    head: 'Prompts',
    cell: ({ text }) => (text ? <Status tone="warn">encrypted</Status> : <Status tone="good">none</Status>),
  },
  { key: 'until', head: 'Kept', cell: ({ until }) => until },
  { key: 'where', head: 'Where', cell: ({ where }) => <code className="wb-code wb-muted">{where}</code> },
];

function RecordDays({ days, zeroDays }: { readonly days: number | null; readonly zeroDays: number | null }) {
  const [next, setNext] = useState(days);
  const [zeroNext, setZeroNext] = useState(zeroDays);
  const change = useChange('writeRecordDays', {
    stale: [privacyKey],
    failure: 'The days were not changed',
    onDone: ({ emptied }) =>
      tellDone(
        'Saved',
        emptied === 0 ? '' : `${plural(emptied, 'record')} emptied or removed; what was spent stays.`,
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const save = () => change.mutate({ body: { days: next, zero_days: zeroNext } });
    if (!isSooner(next, days) && !isSooner(zeroNext, zeroDays)) return save();
    modals.openConfirmModal({
      title: 'Empty older records?',
      children: (
        <Text size="sm">
          Of older records only who, when, where and what it cost stays, and of whole days that are older only
          sums. They cannot be simulated on any more. Bills and budgets do not change. This cannot be undone.
        </Text>
      ),
      labels: { confirm: 'Empty them', cancel: 'Keep them' },
      confirmProps: { color: 'red', size: 'sm' },
      cancelProps: { size: 'sm' },
      onConfirm: save,
    });
  };
  return (
    <form onSubmit={submit}>
      <Group gap={8}>
        <Days id="record-days" label="Empty records after" value={next} onChange={setNext} none="never" />
        <Days
          id="zero-record-days"
          label="with zero retention after"
          value={zeroNext}
          onChange={setZeroNext}
          none="as all"
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={next === days && zeroNext === zeroDays}
          loading={change.isPending}
        >
          Save
        </Button>
      </Group>
    </form>
  );
}

/** Fewer days than before: something goes. */
function isSooner(next: number | null, before: number | null): boolean {
  return next !== null && (before === null || next < before);
}

function Days({
  id,
  label,
  value,
  onChange,
  none,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** What no number means. */
  readonly none: string;
}) {
  return (
    <>
      <Text size="sm" component="label" htmlFor={id} className="wb-muted">
        {label}
      </Text>
      <NumberInput
        id={id}
        size="xs"
        w={104}
        min={1}
        max={3_650}
        allowDecimal={false}
        placeholder={none}
        suffix=" days"
        value={value ?? ''}
        onChange={(chosen) => onChange(typeof chosen === 'number' ? chosen : null)}
      />
    </>
  );
}
