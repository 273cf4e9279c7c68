import { Button, Modal, Skeleton } from '@mantine/core';
import { IconKey, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { TeamView } from '#server/contract/teams.ts';
import { useBudgetList, useTeams } from '../client/governance-queries.ts';
import { Failure } from '../look/feedback.tsx';
import { Page } from '../look/page.tsx';
import { May } from '../people/may.tsx';
import { KeyDrawer } from './key-drawer.tsx';
import { KeyList } from './key-list.tsx';
import { NewKeyForm } from './new-key-form.tsx';
import { NewTeamForm } from './new-team-form.tsx';
import { TeamHead } from './team-head.tsx';
import { TeamList } from './team-list.tsx';
import styles from './teams.module.css';

type Making = 'team' | 'key' | null;

/** Teams with their projects and budgets, and the keys of each. */
export function TeamsPage() {
  const teams = useTeams();
  const budgets = useBudgetList();
  const [params, setParams] = useSearchParams();
  const [making, setMaking] = useState<Making>(null);
  const team = params.get('team');
  const all = teams.data?.teams ?? [];
  const chosen = all.find(({ id }) => id === team);
  const go = (next: Readonly<Record<string, string>>) => setParams(next);
  const withTeam: Readonly<Record<string, string>> = team === null ? {} : { team };
  return (
    <Page
      title="Teams & keys"
      summary="Who may use the gateway, for what, and how much."
      actions={
        <>
          <May needs="teams.manage" team={null}>
            <Button
              variant="default"
              leftSection={<IconUsersGroup size={14} stroke={1.8} />}
              onClick={() => setMaking('team')}
            >
              New team
            </Button>
          </May>
          <May needs="keys.manage">
            <Button leftSection={<IconKey size={14} stroke={1.8} />} onClick={() => setMaking('key')}>
              New key
            </Button>
          </May>
        </>
      }
    >
      {teams.isError ? <Failure error={teams.error} onRetry={() => void teams.refetch()} /> : null}
      {teams.isPending ? <Skeleton height={480} radius="md" /> : null}
      {teams.data === undefined ? null : (
        <div className={styles.columns}>
          <TeamList
            teams={all}
            budgets={budgets.data?.budgets ?? []}
            chosen={team}
            onChoose={(id) => go(id === null ? {} : { team: id })}
          />
          <div className={styles.main}>
            {chosen === undefined ? null : <TeamHead team={chosen} budgets={budgets.data?.budgets ?? []} />}
            <KeyList
              key={team ?? ''}
              team={team}
              onOpen={(id) => go({ ...withTeam, key: id })}
              onNew={() => setMaking('key')}
            />
          </div>
        </div>
      )}
      <KeyDrawer id={params.get('key')} onClose={() => go(withTeam)} />
      <Modal opened={making === 'team'} onClose={() => setMaking(null)} title="New team" size={520}>
        <NewTeamForm
          onClose={(made) => {
            setMaking(null);
            if (made !== null) go({ team: made });
          }}
        />
      </Modal>
      <Modal opened={making === 'key'} onClose={() => setMaking(null)} title="New key" size={520}>
        <NewKeyForm teams={openTeams(all)} team={team ?? 'default'} onClose={() => setMaking(null)} />
      </Modal>
    </Page>
  );
}

function openTeams(teams: readonly TeamView[]): readonly TeamView[] {
  return teams.filter(({ archivedAt }) => archivedAt === null);
}
