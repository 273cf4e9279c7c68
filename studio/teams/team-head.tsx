import { Badge, Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconArchive,
  IconHistory,
  IconPencil,
  IconPlus,
  IconReportMoney,
  IconWaveSine,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ProjectView, TeamView } from '#server/contract/teams.ts';
import { type BudgetRow, governanceKeys } from '../client/governance-queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatCount, plural } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { May } from '../people/may.tsx';
import { Permitted } from '../people/permitted.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { budgetsOfTeam } from './budgets-of.ts';
import { slugOf } from './slug-of.ts';
import styles from './teams.module.css';

/** One team: limits, budgets, projects; renaming and archiving it. */
export function TeamHead({
  team,
  budgets,
}: {
  readonly team: TeamView;
  readonly budgets: readonly BudgetRow[];
}) {
  const own = budgetsOfTeam(budgets, team.id);
  const [open, setOpen] = useState<'team' | 'project' | null>(null);
  return (
    <Card
      title={
        <>
          {team.name} <code className="wb-code wb-muted">{team.id}</code>
        </>
      }
      aside={
        <Group gap={6}>
          {team.origin === 'file' ? (
            <span className="wb-muted">Managed by the config file</span>
          ) : (
            <>
              <Archive team={team} />
              <May needs="teams.manage" team={team.id}>
                <Button
                  variant="default"
                  leftSection={<IconPencil size={14} stroke={1.6} />}
                  onClick={() => setOpen('team')}
                >
                  Rename
                </Button>
              </May>
            </>
          )}
          <May needs="teams.manage" team={team.id}>
            <Button
              variant="default"
              leftSection={<IconPlus size={14} stroke={2} />}
              onClick={() => setOpen('project')}
            >
              New project
            </Button>
          </May>
        </Group>
      }
    >
      <div className={styles.head}>
        {team.description === '' ? null : <p>{team.description}</p>}
        <Group gap={6}>
          {limitsOf(team).map((limit) => (
            <Badge key={limit} color="gray">
              {limit}
            </Badge>
          ))}
          {team.projects.length === 0 ? <span className="wb-muted">No projects yet.</span> : null}
          {team.projects.map((project) => (
            <Badge key={project.id} variant="outline" color="gray">
              {project.name} · {plural(project.keys, 'key')}
            </Badge>
          ))}
        </Group>
        {own.length === 0 ? (
          <span className="wb-muted">No budget of its own.</span>
        ) : (
          own.map((budget) => (
            <div key={budget.id} className={styles.own}>
              <Link href={`/budgets/${encodeURIComponent(budget.id)}`}>{budget.id}</Link>
              <BudgetBar budget={budget} />
            </div>
          ))
        )}
        <TeamLinks team={team.id} />
      </div>
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === 'project' ? `New project of ${team.name}` : `Rename ${team.name}`}
        size={440}
      >
        {open === 'project' ? <ProjectForm team={team} onClose={() => setOpen(null)} /> : null}
        {open === 'team' ? <TeamForm team={team} onClose={() => setOpen(null)} /> : null}
      </Modal>
    </Card>
  );
}

/** What the team did and what was done to it, in the rooms that know. */
function TeamLinks({ team }: { readonly team: string }) {
  const id = encodeURIComponent(team);
  return (
    <nav aria-label={`More about ${team}`} className={styles.links}>
      <Link href={`/spend?period=month&team=${id}`}>
        <IconReportMoney size={14} stroke={1.6} aria-hidden="true" /> Spend
      </Link>
      <Link href={`/traffic?team=${id}`}>
        <IconWaveSine size={14} stroke={1.6} aria-hidden="true" /> Requests
      </Link>
      <Permitted needs="audit.read">
        <Link href={`/audit?subject=${id}`}>
          <IconHistory size={14} stroke={1.6} aria-hidden="true" /> History
        </Link>
      </Permitted>
    </nav>
  );
}

function limitsOf({ rpm, tpm, concurrency, retention }: TeamView): readonly string[] {
  return [
    ...(rpm === undefined ? [] : [`${formatCount(rpm)} requests/min`]),
    ...(tpm === undefined ? [] : [`${formatCount(tpm)} tokens/min`]),
    ...(concurrency === undefined ? [] : [`${formatCount(concurrency)} at a time`]),
    ...(retention === 'zero' ? ['zero retention'] : []),
  ];
}

/** What a team says of itself, for writing it back with one thing changed. */
function bodyOf({ name, description, rpm, tpm, concurrency, retention, revision, archivedAt }: TeamView) {
  const limits = { rpm, tpm, concurrency, retention };
  return { name, description, revision, archived: archivedAt !== null, ...limits };
}

function Archive({ team }: { readonly team: TeamView }) {
  const archived = team.archivedAt !== null;
  const change = useChange('writeTeam', {
    stale: [governanceKeys.teams, governanceKeys.audit],
    failure: `${team.name} was not ${archived ? 'brought back' : 'archived'}`,
    onDone: () => tellDone(`${team.name} is ${archived ? 'back' : 'archived'}`),
  });
  const write = () =>
    change.mutate({ params: { id: team.id }, body: { ...bodyOf(team), archived: !archived } });
  const confirm = () =>
    modals.openConfirmModal({
      title: `Archive ${team.name}?`,
      children: 'It takes no more keys. What it spent stays in the log, and it can be brought back.',
      labels: { confirm: 'Archive', cancel: 'Keep' },
      onConfirm: write,
    });
  return (
    <May needs="teams.manage" team={team.id}>
      <Button
        variant="default"
        leftSection={<IconArchive size={14} stroke={1.6} />}
        loading={change.isPending}
        onClick={archived ? write : confirm}
      >
        {archived ? 'Bring back' : 'Archive'}
      </Button>
    </May>
  );
}

function TeamForm({ team, onClose }: { readonly team: TeamView; readonly onClose: () => void }) {
  const change = useChange('writeTeam', {
    stale: [governanceKeys.teams, governanceKeys.audit],
    onDone: onClose,
  });
  return (
    <NamedForm
      name={team.name}
      description={team.description}
      error={change.error}
      busy={change.isPending}
      onSave={(named) => change.mutate({ params: { id: team.id }, body: { ...bodyOf(team), ...named } })}
    />
  );
}

function ProjectForm({ team, onClose }: { readonly team: TeamView; readonly onClose: () => void }) {
  const change = useChange('writeProject', {
    stale: [governanceKeys.teams, governanceKeys.audit],
    onDone: (project: ProjectView) => {
      tellDone(`${project.name} is there`);
      onClose();
    },
  });
  return (
    <NamedForm
      name=""
      description=""
      error={change.error}
      busy={change.isPending}
      onSave={(named) =>
        change.mutate({
          params: { team: team.id, id: slugOf(named.name) },
          body: { ...named, revision: 0 },
        })
      }
    />
  );
}

interface Named {
  readonly name: string;
  readonly description: string;
}

function NamedForm({
  onSave,
  error,
  busy,
  ...start
}: Named & { readonly onSave: (named: Named) => void; readonly error: unknown; readonly busy: boolean }) {
  const [name, setName] = useState(start.name);
  const [description, setDescription] = useState(start.description);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim(), description: description.trim() });
      }}
    >
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="What it is for"
        autosize
        minRows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      {error === null ? null : <Failure error={error} />}
      <Group justify="flex-end">
        <Button type="submit" size="sm" disabled={name.trim() === ''} loading={busy}>
          Save
        </Button>
      </Group>
    </form>
  );
}
