import { Button, Skeleton } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useSession } from '../client/session.ts';
import { Failure } from '../look/feedback.tsx';
import { Page } from '../look/page.tsx';
import { useCommands } from '../shell/command-registry.ts';
import { AccountDrawer } from './account-drawer.tsx';
import { AccountsCard } from './accounts-card.tsx';
import { CreateOwner } from './create-owner.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { May } from './may.tsx';
import { useAccounts } from './people-queries.ts';
import { Permitted } from './permitted.tsx';
import { RolesTable } from './roles-table.tsx';
import { SignOnCard } from './sign-on-card.tsx';
import { usePermission } from './use-permission.ts';

/** Who may do what here: accounts with their roles, how they sign in, and what each role is. */
export function PeoplePage() {
  const session = useSession();
  const [inviting, setInviting] = useState(false);
  const hasAccounts = session.data?.state === 'signed_in';
  const mayInvite = usePermission('people.manage').allowed && hasAccounts;
  useCommands(
    useMemo(
      () =>
        mayInvite
          ? [{ id: 'invite', label: 'Invite somebody…', group: 'People', run: () => setInviting(true) }]
          : [],
      [mayInvite],
    ),
  );
  return (
    <Page
      title="People & roles"
      summary="Who may see, draw, publish and manage, everywhere or in one team."
      actions={
        hasAccounts ? (
          <May needs="people.manage">
            <Button leftSection={<IconUserPlus size={14} stroke={1.8} />} onClick={() => setInviting(true)}>
              Invite
            </Button>
          </May>
        ) : null
      }
    >
      {session.isError ? <Failure error={session.error} onRetry={() => void session.refetch()} /> : null}
      {session.data === undefined ? (
        <Skeleton height={320} radius="md" />
      ) : hasAccounts ? (
        <Accounts />
      ) : (
        <CreateOwner />
      )}
      <RolesTable />
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} />
    </Page>
  );
}

function Accounts() {
  const accounts = useAccounts();
  const [params, setParams] = useSearchParams();
  const chosen = params.get('person');
  const account = accounts.data?.accounts.find(({ id }) => id === chosen) ?? null;
  if (accounts.isError) return <Failure error={accounts.error} onRetry={() => void accounts.refetch()} />;
  if (accounts.data === undefined) return <Skeleton height={320} radius="md" />;
  // Whoever holds the admin token is let in before there is anybody.
  if (accounts.data.accounts.length === 0) return <CreateOwner />;
  return (
    <>
      <AccountsCard accounts={accounts.data.accounts} onOpen={({ id }) => setParams({ person: id })} />
      <Permitted needs="people.read" team={null}>
        <SignOnCard />
      </Permitted>
      <AccountDrawer account={account} onClose={() => setParams({})} />
    </>
  );
}
