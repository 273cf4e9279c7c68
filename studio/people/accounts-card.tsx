import { formatAgo, formatTimeFully, plural } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status, type Tone } from '../look/status.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import styles from './people.module.css';
import type { Account } from './people-queries.ts';
import { Face, Grants } from './person.tsx';

/** Everybody with an account. */
export function AccountsCard({
  accounts,
  onOpen,
}: {
  readonly accounts: readonly Account[];
  readonly onOpen: (account: Account) => void;
}) {
  return (
    <Card
      title="People"
      padded={false}
      aside={<span className="wb-muted">{plural(accounts.length, 'account')}</span>}
    >
      <DataTable
        label="People"
        columns={columns}
        rows={accounts}
        keyOf={(account) => account.id}
        onOpen={onOpen}
      />
    </Card>
  );
}

const columns: readonly Column<Account>[] = [
  {
    key: 'name',
    head: 'Name',
    width: '34%',
    cell: ({ name, email }) => (
      <span className={styles.person}>
        <Face name={name} />
        <span>
          <strong>{name}</strong>
          <span className="wb-muted">{email}</span>
        </span>
      </span>
    ),
  },
  { key: 'roles', head: 'Roles', cell: ({ grants }) => <Grants grants={grants} /> },
  { key: 'state', head: 'State', cell: ({ state }) => <AccountState state={state} /> },
  {
    key: 'how',
    head: 'Signs in by',
    cell: ({ signsInBy }) => <span className="wb-muted">{ways[signsInBy]}</span>,
  },
  {
    key: 'seen',
    head: 'Last sign-in',
    align: 'right',
    cell: ({ lastSignInAt }) =>
      lastSignInAt === null ? (
        <span className="wb-muted">never</span>
      ) : (
        <span className="wb-muted" title={formatTimeFully(Date.parse(lastSignInAt))}>
          {formatAgo(Date.parse(lastSignInAt), Date.now())}
        </span>
      ),
  },
];

const ways = { password: 'password', sign_on: 'single sign-on' } as const;

const tones: Readonly<Record<Account['state'], Tone>> = {
  active: 'good',
  invited: 'accent',
  deactivated: 'neutral',
};

export function AccountState({ state }: Pick<Account, 'state'>) {
  return <Status tone={tones[state]}>{state}</Status>;
}
