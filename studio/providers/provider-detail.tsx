import { ActionIcon, Button, Group, PasswordInput, Switch, Text, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProviderSummary } from '#server/contract/providers.ts';
import type { CallInput } from '../client/call-api.ts';
import { governanceKeys } from '../client/governance-queries.ts';
import { queryKeys } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatAgo, formatDuration, plural } from '../look/format.ts';
import { HistoryLink } from '../look/history-link.tsx';
import { Status } from '../look/status.tsx';
import { Permitted } from '../people/permitted.tsx';
import { ProviderState } from './provider-state.tsx';
import styles from './providers.module.css';

const stale = [queryKeys.providers, queryKeys.models, governanceKeys.audit];

/** One provider: whether it answers, its keys, switching it off. */
export function ProviderDetail({
  provider,
  onGone,
}: {
  readonly provider: ProviderSummary;
  readonly onGone: () => void;
}) {
  const { id, baseUrl, models, stored, origin } = provider;
  return (
    <div className={styles.sections}>
      <Group gap="sm">
        <ProviderState provider={provider} />
        <span className="wb-muted">{plural(models, 'model')}</span>
        <Permitted needs="audit.read">
          <HistoryLink subject={id} />
        </Permitted>
      </Group>
      {baseUrl === '' ? null : <code className="wb-code">{baseUrl}</code>}
      {origin === 'waybill' ? null : <Terms terms={provider.terms} />}
      {provider.state === 'locked' ? (
        <p role="alert">
          Its keys are encrypted with a master key that is not here. Set WAYBILL_SECRET_KEY to it, or replace
          the keys.
        </p>
      ) : null}
      {origin === 'waybill' ? null : (
        <Permitted needs="providers.manage">
          <Check id={id} />
        </Permitted>
      )}
      <Keys provider={provider} />
      {stored === null ? (
        <p className="wb-muted">
          {origin === 'file'
            ? 'Managed by the config file: it is changed there.'
            : origin === 'environment'
              ? 'It is here because its environment variable is set.'
              : 'It answers without anything leaving this machine.'}
        </p>
      ) : (
        <Permitted needs="providers.manage">
          <Replace id={id} hasKeys={stored.keys.length > 0} />
          <Group justify="space-between">
            <Enabled id={id} stored={stored} />
            <Delete id={id} onGone={onGone} />
          </Group>
        </Permitted>
      )}
    </div>
  );
}

/** What the vendor says it keeps. Whether zero-retention keys may go there is stated with the provider or the model. */
function Terms({ terms }: Pick<ProviderSummary, 'terms'>) {
  if (terms === null)
    return <p className="wb-muted">How long it keeps prompts is not known, which counts as keeping them.</p>;
  return (
    <p>
      Keeps prompts {terms.keeps}.{' '}
      <a href={terms.source} target="_blank" rel="noreferrer">
        Its terms
      </a>
      , as read on {terms.readOn}.
    </p>
  );
}

function Check({ id }: { readonly id: string }) {
  const check = useChange('checkProvider', { stale: [queryKeys.providers] });
  return (
    <div className={styles.check}>
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={14} stroke={1.6} />}
        loading={check.isPending}
        onClick={() => check.mutate({ params: { id } })}
      >
        Check
      </Button>
      <div role="status">
        {check.isError ? <Failure error={check.error} /> : null}
        {check.data?.checks.map(({ key, state, status, message, latencyMs }) => (
          <Status key={key} tone={state === 'ok' ? 'good' : state === 'refused' ? 'bad' : 'warn'}>
            {key === '' ? '' : `${key} `}
            {state === 'ok'
              ? `answered in ${formatDuration(latencyMs)}`
              : `${state}${status === null ? '' : ` (${status})`}: ${message}`}
          </Status>
        ))}
      </div>
    </div>
  );
}

function Keys({ provider: { id, keys, stored } }: { readonly provider: ProviderSummary }) {
  const remove = useChange('removeProviderKey', { stale, failure: 'The key was not taken away' });
  if (keys.length === 0) return <p className="wb-muted">No keys.</p>;
  const labels = keys.map(({ label }) => label);
  return (
    <section>
      <h3>Keys</h3>
      <ul className={styles.keys}>
        {keys.map(({ label, state, reason }, index) => {
          const own = stored?.keys[index];
          return (
            <li key={own?.id ?? `${label} ${labels.indexOf(label)}`}>
              <code className="wb-code">{label}</code>
              <Status tone={state === 'ready' ? 'good' : state === 'cooling' ? 'warn' : 'bad'}>
                {state}
                {reason === '' ? '' : `: ${reason}`}
              </Status>
              {own === undefined ? null : (
                <>
                  <span className={styles.added}>
                    {formatAgo(Date.parse(own.addedAt), Date.now())} by {own.addedBy}
                  </span>
                  <Permitted needs="providers.manage">
                    <Tooltip label="Take away">
                      <ActionIcon
                        size="sm"
                        aria-label={`Take key ${label} away`}
                        onClick={() => remove.mutate({ params: { id, key: own.id } })}
                      >
                        <IconTrash size={14} stroke={1.6} />
                      </ActionIcon>
                    </Tooltip>
                  </Permitted>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Replace({ id, hasKeys }: { readonly id: string; readonly hasKeys: boolean }) {
  const [secret, setSecret] = useState('');
  const done = () => {
    setSecret('');
    tellDone(`The keys of ${id} are changed`, 'They hold for the next request.');
  };
  const add = useChange('addProviderKey', { stale, onDone: done });
  const rotate = useChange('rotateProviderKeys', { stale, onDone: done });
  const input = { params: { id }, body: { secret } };
  const error = add.error ?? rotate.error;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (hasKeys) rotate.mutate(input);
        else add.mutate(input);
      }}
    >
      <PasswordInput
        size="xs"
        label="New key"
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {error === null ? null : <Failure error={error} />}
      <Group gap={6} justify="flex-end">
        {hasKeys ? (
          <Button
            variant="default"
            disabled={secret === ''}
            loading={add.isPending}
            onClick={() => add.mutate(input)}
          >
            Add beside
          </Button>
        ) : null}
        <Button type="submit" disabled={secret === ''} loading={rotate.isPending}>
          {hasKeys ? 'Replace' : 'Add'}
        </Button>
      </Group>
    </form>
  );
}

type Stored = NonNullable<ProviderSummary['stored']>;

function Enabled({ id, stored }: { readonly id: string; readonly stored: Stored }) {
  const save = useChange('writeProvider', { stale, failure: `${id} was not changed` });
  const { keys: _, updatedAt: _at, updatedBy: _by, kind, ...fields } = stored;
  return (
    <Switch
      label="Serves requests"
      checked={!stored.disabled}
      disabled={save.isPending}
      onChange={() =>
        save.mutate({
          params: { id },
          body: {
            ...fields,
            kind: kind as CallInput<'writeProvider'>['body']['kind'],
            disabled: !stored.disabled,
          },
        })
      }
    />
  );
}

function Delete({ id, onGone }: { readonly id: string; readonly onGone: () => void }) {
  const remove = useChange('deleteProvider', {
    stale,
    failure: `${id} was not deleted`,
    onDone: () => {
      tellDone(`${id} is gone`);
      onGone();
    },
  });
  const confirm = () =>
    modals.openConfirmModal({
      title: `Delete ${id}?`,
      children: <Text size="sm">Its keys are gone with it. Requests that run on it run on.</Text>,
      labels: { confirm: 'Delete', cancel: 'Keep' },
      confirmProps: { color: 'red', size: 'sm' },
      cancelProps: { size: 'sm' },
      onConfirm: () => remove.mutate({ params: { id } }),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconTrash size={14} stroke={1.6} />}
      loading={remove.isPending}
      onClick={confirm}
    >
      Delete
    </Button>
  );
}
