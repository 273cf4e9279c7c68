import { Skeleton } from '@mantine/core';
import type { PrivacyView } from '#server/contract/index.ts';
import { Failure } from '../look/feedback.tsx';
import { plural } from '../look/format.ts';
import { Page } from '../look/page.tsx';
import { KeyCard } from './key-card.tsx';
import { LogCard } from './log-card.tsx';
import { usePrivacy } from './privacy-queries.ts';
import { StoresCard } from './stores-card.tsx';
import { TextsCard } from './texts-card.tsx';
import { ProvidersCard, ZeroCard } from './zero-card.tsx';

/** What is kept where and for how long, for whom nothing is, and how to have it gone. */
export function PrivacyPage() {
  const privacy = usePrivacy();
  const { data } = privacy;
  return (
    <Page
      title="Privacy"
      summary={data === undefined ? 'What is kept, where, and for how long.' : summaryOf(data)}
    >
      {privacy.isError ? <Failure error={privacy.error} onRetry={() => void privacy.refetch()} /> : null}
      {privacy.isPending ? <Skeleton height={480} radius="md" /> : null}
      {data === undefined ? null : (
        <>
          <StoresCard
            stores={data.stores}
            recordDays={data.recordDays}
            zeroRecordDays={data.zeroRecordDays}
          />
          <TextsCard texts={data.texts} zeroTeams={data.zero.teams} />
          <ZeroCard zero={data.zero} />
          <ProvidersCard providers={data.providers} />
          <KeyCard />
          <LogCard log={data.log} />
        </>
      )}
    </Page>
  );
}

function summaryOf({ texts, zero }: PrivacyView): string {
  const kept =
    texts.length === 0
      ? 'No prompt and no answer is kept.'
      : `Texts of ${plural(texts.length, 'team')} are kept, redacted and encrypted; nobody else’s.`;
  const open = zero.coverage.filter(({ problems }) => problems.length > 0).length;
  if (zero.keys.length + zero.teams.length === 0) return kept;
  return `${kept} Zero retention is ${open === 0 ? 'proved for every alias' : `not proved for ${plural(open, 'alias', 'aliases')}`}.`;
}
