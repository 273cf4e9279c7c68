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
import { privacyKey } from './privacy-queries.ts';

type Store = PrivacyView['stores'][number];

/** What is kept where, and after how many days records are emptied. */
export function StoresCard({ stores, recordDays }: Pick<PrivacyView, 'stores' | 'recordDays'>) {
  return (
    <Card title="What is kept where" padded={false} aside={<RecordDays key={recordDays} days={recordDays} />}>
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

function RecordDays({ days }: { readonly days: number | null }) {
  const [wanted, setWanted] = useState<number | ''>(days ?? '');
  const change = useChange('writeRecordDays', {
    stale: [privacyKey],
    failure: 'The days were not changed',
    onDone: ({ emptied }) =>
      tellDone(
        'Saved',
        emptied === 0 ? '' : `${plural(emptied, 'record')} emptied of everything but what was spent.`,
      ),
  });
  const next = wanted === '' ? null : wanted;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const save = () => change.mutate({ body: { days: next } });
    if (next === null || (days !== null && next >= days)) return save();
    modals.openConfirmModal({
      title: `Empty records older than ${plural(next, 'day')}?`,
      children: (
        <Text size="sm">
          Of older records only who, when, where and what it cost stays. They cannot be simulated on any more.
          Bills and budgets do not change. This cannot be undone.
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
        <Text size="sm" component="label" htmlFor="record-days" className="wb-muted">
          Empty records after
        </Text>
        <NumberInput
          id="record-days"
          size="xs"
          w={104}
          min={1}
          max={3_650}
          allowDecimal={false}
          placeholder="never"
          suffix=" days"
          value={wanted}
          onChange={(value) => setWanted(typeof value === 'number' ? value : '')}
        />
        <Button type="submit" size="xs" variant="default" disabled={next === days} loading={change.isPending}>
          Save
        </Button>
      </Group>
    </form>
  );
}
