import { IconShieldOff } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PrivacyView } from '#server/contract/index.ts';
import { Empty } from '../look/feedback.tsx';
import { plural } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { type Column, DataTable } from '../look/table.tsx';

type Alias = PrivacyView['zero']['coverage'][number];
type Provider = PrivacyView['providers'][number];

/** For which aliases it is proved that keys of zero retention reach nobody who may keep. */
export function ZeroCard({ zero: { teams, keys, coverage } }: Pick<PrivacyView, 'zero'>) {
  const has = keys.length + teams.length > 0;
  return (
    <Card
      title="Zero retention"
      padded={false}
      aside={
        has ? (
          <span className="wb-muted">{`${plural(keys.length, 'key')}, ${plural(teams.length, 'team')}`}</span>
        ) : undefined
      }
    >
      {!has ? (
        <Empty isSmall icon={IconShieldOff} title="No key asks for zero retention">
          A key or a team with zero retention reaches only targets that keep nothing. It is proved when a
          policy is published, and enforced for every request.
        </Empty>
      ) : coverage.length === 0 ? (
        <Empty isSmall icon={IconShieldOff} title="No alias is served">
          Nothing can be reached by an alias yet. Every request of these keys is held to zero retention all
          the same.
        </Empty>
      ) : (
        <DataTable
          label="Aliases and zero retention"
          columns={aliasColumns}
          rows={coverage}
          keyOf={({ alias }) => alias}
        />
      )}
    </Card>
  );
}

const aliasColumns: readonly Column<Alias>[] = [
  {
    key: 'alias',
    head: 'Alias',
    width: '18%',
    cell: ({ alias }) => <code className="wb-code">{alias}</code>,
  },
  {
    key: 'policy',
    head: 'Policy',
    width: '22%',
    cell: ({ policy, version }) => (
      <Link href={`/policies/${policy}`}>
        {policy} <span className="wb-muted">version {version}</span>
      </Link>
    ),
  },
  {
    key: 'proof',
    head: 'Proof',
    cell: ({ problems }) =>
      problems.length === 0 ? (
        <Status tone="good">proved</Status>
      ) : (
        <>
          <Status tone="warn">not proved: such requests are refused there</Status>
          {problems.slice(0, 3).map((problem) => (
            <div key={problem} className="wb-muted">
              {problem}
            </div>
          ))}
        </>
      ),
  },
];

const tones = { zero: 'good', retains: 'warn', unknown: 'neutral' } as const;
const words = { zero: 'keeps nothing', retains: 'keeps', unknown: 'unknown: counts as keeping' } as const;

/** What providers keep, as far as anybody has said. */
export function ProvidersCard({ providers }: Pick<PrivacyView, 'providers'>) {
  return (
    <Card title="What providers keep" padded={false}>
      <DataTable
        label="What providers keep"
        columns={providerColumns}
        rows={providers}
        keyOf={({ id }) => id}
      />
    </Card>
  );
}

const providerColumns: readonly Column<Provider>[] = [
  {
    key: 'id',
    head: 'Provider',
    width: '18%',
    cell: ({ id }) => <span style={{ fontWeight: 500 }}>{id}</span>,
  },
  {
    key: 'retention',
    head: 'Keeps',
    width: '28%',
    cell: ({ retention }) => <Status tone={tones[retention]}>{words[retention]}</Status>,
  },
  {
    key: 'region',
    head: 'Region',
    width: '14%',
    cell: ({ region }) => region ?? <span className="wb-muted">unknown</span>,
  },
  { key: 'source', head: 'Says who', cell: ({ source }) => <span className="wb-muted">{source}</span> },
];
