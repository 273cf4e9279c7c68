import { Button, Checkbox, Group, Modal, Select, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiFailure } from '../client/api-failure.ts';
import { type Alert, moneyKeys } from '../client/spend-queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Copy } from '../look/code-block.tsx';
import { Failure } from '../look/feedback.tsx';
import styles from './budgets.module.css';

interface Props {
  readonly open: boolean;
  readonly known: Alert | null;
  readonly budgets: readonly string[];
  readonly onClose: () => void;
}

/** Makes or changes an alert; a new one shows once what its deliveries are signed with. */
export function AlertFormDialog({ open, known, budgets, onClose }: Props) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      size={520}
      title={known === null ? 'New alert' : `Change ${known.name}`}
    >
      {open ? <AlertForm known={known} budgets={budgets} onClose={onClose} /> : null}
    </Modal>
  );
}

const anomaly = 'unusual days';

function AlertForm({ known, budgets, onClose }: Omit<Props, 'open'>) {
  const before = known?.trigger;
  const [name, setName] = useState(known?.name ?? '');
  const [watches, setWatches] = useState(before?.kind === 'anomaly' ? anomaly : (before?.budget ?? '*'));
  const [team, setTeam] = useState(before?.kind === 'anomaly' ? (before.team ?? '') : '');
  const [at, setAt] = useState(
    before?.kind === 'budget' ? before.at.map((share) => share * 100).join(', ') : '80, 100',
  );
  const [forecast, setForecast] = useState(before?.kind === 'budget' ? before.forecast : true);
  const [url, setUrl] = useState(known?.url ?? '');
  const [enabled, setEnabled] = useState(known?.enabled ?? true);
  const [secret, setSecret] = useState<string | null>(null);
  const save = useChange('writeAlert', {
    stale: [moneyKeys.alerts],
    onDone: ({ signingSecret, url: address }) => {
      tellDone('The alert is on');
      if (signingSecret !== null && address !== null) setSecret(signingSecret);
      else onClose();
    },
  });
  const problems = save.error instanceof ApiFailure ? save.error.fields : [];
  const problemOf = (field: string) => problems.find((one) => one.field.startsWith(field))?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const shares = at
      .split(/[,;\s]+/)
      .filter((text) => text !== '')
      .map((text) => Number(text.replace('%', '')) / 100);
    save.mutate({
      params: { id: known?.id ?? slugOf(name) },
      body: {
        name,
        trigger:
          watches === anomaly
            ? { kind: 'anomaly', team: team.trim() === '' ? null : team.trim() }
            : { kind: 'budget', budget: watches, at: shares, forecast },
        url: url.trim() === '' ? null : url.trim(),
        enabled,
        revision: known?.revision ?? 0,
      },
    });
  };
  if (secret !== null) return <Secret secret={secret} onClose={onClose} />;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Finance channel"
          data-autofocus
          value={name}
          error={problemOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Watches"
          data={[
            { value: '*', label: 'Every budget' },
            ...budgets.map((id) => ({ value: id, label: `Budget ${id}` })),
            { value: anomaly, label: 'Unusual days' },
          ]}
          allowDeselect={false}
          value={watches}
          error={problemOf('trigger.budget')}
          onChange={(value) => setWatches(value ?? '*')}
        />
        {watches === anomaly ? (
          <TextInput
            label="Team"
            description="Empty: everybody's spend"
            value={team}
            onChange={(event) => setTeam(event.currentTarget.value)}
          />
        ) : (
          <>
            <TextInput
              label="Tells at, percent"
              value={at}
              error={problemOf('trigger.at')}
              onChange={(event) => setAt(event.currentTarget.value)}
            />
            <Checkbox
              size="xs"
              label="Also when the forecast is over the budget"
              checked={forecast}
              onChange={(event) => setForecast(event.currentTarget.checked)}
            />
          </>
        )}
        <TextInput
          label="Address to post to"
          description="A webhook; empty: alerts stand in the list here only"
          placeholder="https://hooks.example.com/waybill"
          value={url}
          error={problemOf('url')}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Switch
          size="sm"
          label="On"
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        {save.isError && problems.length === 0 ? <Failure error={save.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" disabled={slugOf(name) === ''} loading={save.isPending}>
            {known === null ? 'Make alert' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Secret({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  return (
    <div className={styles.stack}>
      <div className={styles.secret}>
        <strong>Keep this secret now: it is not shown again</strong>
        <Group gap={6} wrap="nowrap">
          <code className="wb-code" style={{ wordBreak: 'break-all' }}>
            {secret}
          </code>
          <Copy text={secret} label="Copy the secret" />
        </Group>
        <span className="wb-muted">
          Every delivery carries x-waybill-signature: t=…,v1=…, where v1 is the HMAC-SHA256 of “t.body” under
          it.
        </span>
      </div>
      <Group justify="flex-end">
        <Button size="sm" onClick={onClose}>
          Done
        </Button>
      </Group>
    </div>
  );
}

/** A name as an id: `Finance channel` → `finance-channel`. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 64);
}
