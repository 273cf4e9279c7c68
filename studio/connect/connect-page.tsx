import { SegmentedControl, Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useGatewayKey } from '../client/gateway-key.ts';
import { useDeployments, usePolicies, useStatus } from '../client/queries.ts';
import { CodeBlock, Copy } from '../look/code-block.tsx';
import { Failure } from '../look/feedback.tsx';
import { Card, Page } from '../look/page.tsx';
import { AliasesCard } from './aliases-card.tsx';
import styles from './connect.module.css';
import { KeysCard } from './keys-card.tsx';
import { snippetsFor } from './snippets.ts';
import { TestRequest } from './test-request.tsx';

/** How clients reach the gateway: addresses, keys, aliases, and a request to see that it works. */
export function ConnectPage() {
  const status = useStatus();
  const key = useGatewayKey();
  const models = useModelNames();
  const [chosen, setChosen] = useState<string | null>(null);
  const model = chosen ?? models[0] ?? 'auto';
  return (
    <Page
      title="Connect"
      summary="Every OpenAI or Anthropic client already knows how: change its base URL and its key, and ask for an alias."
    >
      {status.isError ? <Failure error={status.error} onRetry={() => void status.refetch()} /> : null}
      {status.data === undefined ? (
        <Skeleton height={300} radius="md" />
      ) : (
        <div className={styles.columns}>
          <div className={styles.column}>
            <Card title="1. Point your client here">
              <dl className={styles.addresses}>
                <Address name="OpenAI base URL" value={status.data.openaiBaseUrl} />
                <Address name="Anthropic base URL" value={status.data.anthropicBaseUrl} />
                <Address name="Key" value={key} hint={keyHint(key, status.data.firstKey)} />
              </dl>
              <Snippets
                openaiBaseUrl={status.data.openaiBaseUrl}
                anthropicBaseUrl={status.data.anthropicBaseUrl}
                keyText={key ?? 'YOUR_KEY'}
                model={model}
                models={models}
                onModel={setChosen}
              />
            </Card>
          </div>
          <div className={styles.column}>
            <TestRequest model={model} />
            <AliasesCard />
            <KeysCard />
          </div>
        </div>
      )}
    </Page>
  );
}

function keyHint(key: string | null, firstKey: string | null): string {
  if (key === null) return 'Create a key, or paste one into the test request.';
  return key === firstKey
    ? 'Made at first start; shown until the server restarts.'
    : 'The key of this tab; a reload forgets it.';
}

/** What a client can ask for: aliases without patterns, then policies by id. */
function useModelNames(): readonly string[] {
  const deployments = useDeployments();
  const policies = usePolicies();
  const aliases = (deployments.data?.deployments ?? [])
    .map((one) => one.alias)
    .filter((alias) => !alias.includes('*'));
  const ids = (policies.data?.policies ?? [])
    .filter((one) => one.published !== null)
    .map((one) => `policy/${one.id}`);
  return [...aliases.sort((left, right) => Number(right === 'auto') - Number(left === 'auto')), ...ids];
}

function Address({
  name,
  value,
  hint,
}: {
  readonly name: string;
  readonly value: string | null;
  readonly hint?: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value ?? 'no key at hand'}</code>
        {value === null ? null : <Copy text={value} label={`Copy ${name}`} />}
      </dd>
      {hint === undefined ? null : <dd className={styles.hint}>{hint}</dd>}
    </div>
  );
}

interface SnippetProps {
  readonly openaiBaseUrl: string;
  readonly anthropicBaseUrl: string;
  readonly keyText: string;
  readonly model: string;
  readonly models: readonly string[];
  readonly onModel: (model: string | null) => void;
}

function Snippets({ keyText, models, onModel, ...place }: SnippetProps) {
  const snippets = snippetsFor({ ...place, key: keyText });
  const [shown, setShown] = useState('python');
  const snippet = snippets.find((one) => one.id === shown) ?? snippets[0];
  return (
    <div className={styles.snippets}>
      <div className={styles['snippet-head']}>
        <SegmentedControl
          size="xs"
          aria-label="Client"
          value={shown}
          onChange={setShown}
          data={snippets.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <Select
          w={170}
          aria-label="Model to ask for"
          data={[...models]}
          value={place.model}
          onChange={onModel}
          allowDeselect={false}
        />
      </div>
      {snippet === undefined ? null : <CodeBlock code={snippet.code} label={`${snippet.title} snippet`} />}
    </div>
  );
}
