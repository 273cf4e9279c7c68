import { Button, Group, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type Alert, type Delivery, moneyKeys, useAlerts } from '../client/spend-queries.ts';
import { tellDone, tellFailure } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatTime } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { May } from '../people/may.tsx';
import { Permitted } from '../people/permitted.tsx';
import { AlertFormDialog } from './alert-form.tsx';
import styles from './budgets.module.css';

/** Who is told of what, and what was told. */
export function AlertsSection({ budgets }: { readonly budgets: readonly string[] }) {
  const alerts = useAlerts();
  const [open, setOpen] = useState<Alert | 'new' | null>(null);
  return (
    <>
      <Card
        title="Alerts"
        padded={false}
        aside={
          <May needs="alerts.manage">
            <Button
              variant="default"
              leftSection={<IconPlus size={14} stroke={2} />}
              onClick={() => setOpen('new')}
            >
              New alert
            </Button>
          </May>
        }
      >
        {alerts.isError ? <Failure error={alerts.error} onRetry={() => void alerts.refetch()} /> : null}
        {alerts.isPending ? <Skeleton height={80} m={16} w="auto" /> : null}
        {alerts.data === undefined ? null : alerts.data.alerts.length === 0 ? (
          <p className={`wb-muted ${styles.pad}`}>
            Nobody is told yet. An alert watches budgets (80 %, 100 %, a forecast over the limit) or unusual
            days, and posts to an address of yours, signed.
          </p>
        ) : (
          <DataTable
            label="Alerts"
            columns={alertColumns(setOpen)}
            rows={alerts.data.alerts}
            keyOf={(alert) => alert.id}
          />
        )}
      </Card>
      {alerts.data === undefined || alerts.data.deliveries.length === 0 ? null : (
        <Card title="What was told" padded={false}>
          <DataTable
            label="Deliveries of alerts"
            columns={deliveryColumns}
            rows={alerts.data.deliveries.slice(0, 50)}
            keyOf={(delivery) => delivery.id}
          />
        </Card>
      )}
      <AlertFormDialog
        open={open !== null}
        known={open === 'new' ? null : open}
        budgets={budgets}
        onClose={() => setOpen(null)}
      />
    </>
  );
}

function alertColumns(onChange: (alert: Alert) => void): readonly Column<Alert>[] {
  return [
    { key: 'name', head: 'Alert', cell: ({ name, enabled }) => (enabled ? name : `${name} (off)`) },
    { key: 'what', head: 'Tells when', cell: ({ trigger }) => triggerText(trigger) },
    {
      key: 'url',
      head: 'Posts to',
      width: '26%',
      truncate: true,
      cell: ({ url }) => (url === null ? 'this list only' : url),
    },
    {
      key: 'actions',
      head: <span className="wb-hidden">Actions</span>,
      align: 'right',
      cell: (alert) => (
        <Permitted needs="alerts.manage">
          <Actions alert={alert} onChange={onChange} />
        </Permitted>
      ),
    },
  ];
}

function triggerText(trigger: Alert['trigger']): string {
  if (trigger.kind === 'anomaly')
    return `a day of ${trigger.team === null ? 'everybody' : `team ${trigger.team}`} is unusual`;
  const which = trigger.budget === '*' ? 'any budget' : `budget ${trigger.budget}`;
  const shares = trigger.at.map((share) => `${Math.round(share * 1_000) / 10} %`).join(', ');
  return `${which} reaches ${shares}${trigger.forecast ? ', or will end over it' : ''}`;
}

function Actions({ alert, onChange }: { readonly alert: Alert; readonly onChange: (alert: Alert) => void }) {
  const test = useChange('testAlert', {
    stale: [moneyKeys.alerts],
    failure: 'The test failed',
    onDone: ({ status, lastAnswer }) =>
      status === 'delivered' || status === 'listed'
        ? tellDone('The test arrived', lastAnswer)
        : tellFailure('The test did not arrive', new Error(lastAnswer)),
  });
  const remove = useChange('deleteAlert', {
    stale: [moneyKeys.alerts],
    failure: 'The alert could not be deleted',
  });
  const params = { id: alert.id };
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button
        variant="subtle"
        aria-label={`Test ${alert.name}`}
        loading={test.isPending}
        onClick={() => test.mutate({ params })}
      >
        Test
      </Button>
      <Button variant="subtle" aria-label={`Change ${alert.name}`} onClick={() => onChange(alert)}>
        Change
      </Button>
      <Button
        variant="subtle"
        color="red"
        aria-label={`Delete ${alert.name}`}
        onClick={() => remove.mutate({ params })}
      >
        Delete
      </Button>
    </Group>
  );
}

const tones = { delivered: 'good', listed: 'neutral', waiting: 'warn', given_up: 'bad' } as const;
const words = {
  delivered: 'arrived',
  listed: 'listed here',
  waiting: 'being sent',
  given_up: 'given up',
} as const;

const deliveryColumns: readonly Column<Delivery>[] = [
  { key: 'at', head: 'When', width: 150, cell: ({ at }) => formatTime(Date.parse(at), Date.now()) },
  { key: 'text', head: 'What', cell: ({ text }) => text },
  {
    key: 'status',
    head: 'Told',
    width: 120,
    cell: ({ status }) => <Status tone={tones[status]}>{words[status]}</Status>,
  },
  {
    key: 'answer',
    head: 'Answer',
    width: '22%',
    cell: ({ lastAnswer, attempts }) => (attempts > 1 ? `${lastAnswer} (attempt ${attempts})` : lastAnswer),
  },
];
