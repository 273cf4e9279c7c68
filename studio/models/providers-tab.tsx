import { Button, Tooltip } from '@mantine/core';
import { IconPlugConnected, IconServer2 } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { KeyCheck, ProviderSummary } from '#server/contract/providers.ts';
import { messageOf } from '../client/api-failure.ts';
import { callApi } from '../client/call-api.ts';
import { type ModelRow, queryKeys, useProviders } from '../client/queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatCount, formatDuration } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status, type Tone } from '../look/status.tsx';
import styles from './models.module.css';

/** Who serves models here, how their keys stand, and a check that costs nothing. */
export function ProvidersTab({ models }: { readonly models: readonly ModelRow[] }) {
  const { data, isError, error, refetch } = useProviders();
  if (isError) return <Failure error={error} onRetry={() => void refetch()} />;
  const providers = data?.providers ?? [];
  const configured = providers.filter(({ origin }) => origin !== 'waybill');
  return (
    <>
      <Card padded={false}>
        <ul className={styles.providers}>
          {providers.map((provider) => (
            <ProviderItem
              key={provider.id}
              provider={provider}
              models={models.filter((model) => model.provider === provider.id).length}
            />
          ))}
        </ul>
      </Card>
      {configured.length === 0 ? (
        <Card>
          <Empty icon={IconServer2} title="No provider has a key yet">
            Set a provider’s variable, such as OPENAI_API_KEY or ANTHROPIC_API_KEY, or list it in the config
            file, and start again. Until then the sandbox answers.
          </Empty>
        </Card>
      ) : null}
    </>
  );
}

function ProviderItem({ provider, models }: { readonly provider: ProviderSummary; readonly models: number }) {
  const { id, kind, preset, baseUrl, origin, keys } = provider;
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => callApi('checkProvider', { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.providers }),
  });
  const isSandbox = origin === 'waybill';
  return (
    <li className={styles.provider}>
      <div className={styles.who}>
        <span className={styles.title}>
          <strong>{id}</strong>
          <ProviderState provider={provider} />
        </span>
        <span className="wb-muted">
          {isSandbox
            ? 'Simulated models, for trying things out'
            : [preset ?? kind, baseUrl].filter(Boolean).join(' · ')}
        </span>
      </div>
      <div className={styles.keys}>
        {keys.map(({ label, state, reason }) => (
          <Tooltip key={label} label={reason} disabled={reason === ''}>
            <code className="wb-code" data-state={state}>
              {label}
            </code>
          </Tooltip>
        ))}
        {keys.length === 0 && !isSandbox ? <span className="wb-muted">no key needed</span> : null}
      </div>
      <span className={styles.known}>
        {isSandbox ? '' : `${formatCount(models)} models`}
        <span className="wb-muted">{origins[origin]}</span>
      </span>
      <div>
        {isSandbox ? null : (
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={14} stroke={1.6} />}
            loading={check.isPending}
            onClick={() => check.mutate()}
            aria-label={`Check key of ${id}`}
          >
            Check key
          </Button>
        )}
      </div>
      <div className={styles.outcome} role="status">
        {check.isError ? <Status tone="bad">{messageOf(check.error)}</Status> : null}
        {check.data?.checks.map((one) => (
          <CheckResult key={one.key} check={one} />
        ))}
        {check.data !== undefined && check.data.checks.length === 0 ? (
          <Status tone="good">answers</Status>
        ) : null}
      </div>
    </li>
  );
}

const origins = {
  file: 'by file',
  environment: 'by environment',
  studio: 'by studio',
  waybill: 'built in',
} as const;

function ProviderState({ provider: { state, origin } }: { readonly provider: ProviderSummary }) {
  if (origin === 'waybill') return <Status tone="warn">simulated</Status>;
  const tones: Readonly<Record<ProviderSummary['state'], Tone>> = {
    ready: 'good',
    cooling: 'warn',
    refused: 'bad',
    disabled: 'neutral',
    locked: 'bad',
  };
  return <Status tone={tones[state]}>{state}</Status>;
}

function CheckResult({ check: { key, state, status, message, latencyMs } }: { readonly check: KeyCheck }) {
  const which = key === '' ? '' : `${key} `;
  if (state === 'ok')
    return (
      <Status tone="good">
        {which}answered in {formatDuration(latencyMs)}
      </Status>
    );
  return (
    <Status tone={state === 'refused' ? 'bad' : 'warn'}>
      {which}
      {state}
      {status === null ? '' : ` (${status})`}
      {message === '' ? '' : `: ${message}`}
    </Status>
  );
}
