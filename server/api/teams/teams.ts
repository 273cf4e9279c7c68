import {
  type calls,
  type KeySummary,
  type ProjectView,
  type TeamView,
  teamsWhere,
} from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { Configuration, StoredProject, StoredTeam } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { requireIn } from '../require-in.ts';
import { allKeys } from './describe-key.ts';

export const listTeams: Handler<typeof calls.listTeams> = ({ principal }, installation) => {
  const readable = teamsWhere(principal, 'teams.read');
  return { teams: allTeams(installation).filter(({ id }) => readable === null || readable.has(id)) };
};

/** Teams of config file and store, and those that only keys name. */
function allTeams(installation: Installation): readonly TeamView[] {
  const { config, store } = installation;
  const { teams, projects } = store.read();
  const keys = keysByTeam(installation);
  const named = [...config.file.teams, ...teams, ...projects.map(({ team }) => ({ id: team }))];
  const ids = [...new Set([...named.map(({ id }) => id), ...keys.keys()])].sort();
  return ids.map((id) => {
    const own = keys.get(id) ?? [];
    const inFile = config.file.teams.find((team) => team.id === id);
    const stored = teams.find((team) => team.id === id);
    const { rpm, tpm, concurrency, retention } = inFile ?? stored ?? {};
    const limits = { rpm, tpm, concurrency, retention };
    return {
      ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
      id,
      name: inFile?.name ?? stored?.name ?? id,
      description: stored?.description ?? '',
      archivedAt: stored?.archivedAt ?? null,
      keys: own.length,
      projects: projectsOf(id, projects, own),
      origin: inFile !== undefined ? 'file' : stored !== undefined ? 'studio' : 'keys',
      revision: inFile !== undefined ? 0 : (stored?.revision ?? 0),
    };
  });
}

function projectsOf(
  team: string,
  projects: readonly StoredProject[],
  keys: readonly KeySummary[],
): ProjectView[] {
  const stored = projects.filter((project) => project.team === team);
  const ids = new Set([...stored.map(({ id }) => id), ...keys.map(({ project }) => project)]);
  ids.delete('');
  return [...ids].sort().map((id) => {
    const project = stored.find((one) => one.id === id);
    return {
      id,
      name: project?.name ?? id,
      description: project?.description ?? '',
      archivedAt: project?.archivedAt ?? null,
      keys: keys.filter((key) => key.project === id).length,
      origin: project === undefined ? 'keys' : 'studio',
      revision: project?.revision ?? 0,
    };
  });
}

/** Keys that are not expired. */
function keysByTeam(installation: Installation): ReadonlyMap<string, readonly KeySummary[]> {
  const byTeam = new Map<string, KeySummary[]>();
  for (const key of allKeys(installation)) {
    if (key.state === 'expired') continue;
    const of = byTeam.get(key.team);
    if (of === undefined) byTeam.set(key.team, [key]);
    else of.push(key);
  }
  return byTeam;
}

export const writeTeam: Handler<typeof calls.writeTeam> = async (
  { params: { id }, body, actor, principal },
  installation,
) => {
  requireIn(principal, 'teams.manage', body.revision === 0 ? null : id);
  if (installation.config.file.teams.some((team) => team.id === id))
    throw new ApiFailure(409, 'managed_by_file', `Team "${id}" comes from the config file; change it there.`);
  const { revision, archived, ...fields } = body;
  if (archived) requireNoKeys(`The team "${id}"`, keysByTeam(installation).get(id) ?? []);
  const before = installation.store.read().teams.find((team) => team.id === id);
  const action = actionOf('team', before, archived);
  await installation.store.update(
    { actor, action, subject: id, before: withoutRevision(before), after: { ...fields, archived } },
    (state) => {
      const there = state.teams.find((team) => team.id === id);
      requireRevision(`team "${id}"`, there?.revision ?? 0, revision);
      const team: StoredTeam = { id, ...fields, ...stampOf(there, archived, actor, installation) };
      return { ...state, teams: [...state.teams.filter((one) => one !== there), team] };
    },
  );
  return requireFound(allTeams(installation).find((team) => team.id === id));
};

export const writeProject: Handler<typeof calls.writeProject> = async (
  { params: { team, id }, body, actor, principal },
  installation,
) => {
  requireIn(principal, 'teams.manage', team);
  if (!allTeams(installation).some((one) => one.id === team))
    throw new ApiFailure(404, 'team_missing', `There is no team "${team}". Make it first.`);
  const { revision, archived, ...fields } = body;
  const keys = (keysByTeam(installation).get(team) ?? []).filter((key) => key.project === id);
  if (archived) requireNoKeys(`The project "${id}"`, keys);
  const find = ({ projects }: Configuration) => projects.find((one) => one.team === team && one.id === id);
  const before = find(installation.store.read());
  const subject = `${team}/${id}`;
  await installation.store.update(
    {
      actor,
      action: actionOf('project', before, archived),
      subject,
      before: withoutRevision(before),
      after: { team, ...fields, archived },
    },
    (state) => {
      const there = find(state);
      requireRevision(`project "${subject}"`, there?.revision ?? 0, revision);
      const project: StoredProject = {
        team,
        id,
        ...fields,
        ...stampOf(there, archived, actor, installation),
      };
      return { ...state, projects: [...state.projects.filter((one) => one !== there), project] };
    },
  );
  const made = allTeams(installation).find((one) => one.id === team);
  return requireFound(made?.projects.find((project) => project.id === id));
};

type Stamp = Pick<StoredTeam, 'createdAt' | 'createdBy' | 'archivedAt' | 'revision'>;

function stampOf(there: Stamp | undefined, archived: boolean, actor: string, { clock }: Installation): Stamp {
  const now = new Date(clock()).toISOString();
  return {
    createdAt: there?.createdAt ?? now,
    createdBy: there?.createdBy ?? actor,
    archivedAt: archived ? (there?.archivedAt ?? now) : null,
    revision: (there?.revision ?? 0) + 1,
  };
}

function actionOf(
  what: 'team' | 'project',
  before: { readonly archivedAt: string | null } | undefined,
  archived: boolean,
): string {
  if (before === undefined) return `${what}.create`;
  if (archived !== (before.archivedAt !== null)) return archived ? `${what}.archive` : `${what}.restore`;
  return `${what}.write`;
}

function withoutRevision(before: Stamp | undefined): object | null {
  if (before === undefined) return null;
  const { revision: _, createdAt: _at, createdBy: _by, archivedAt, ...shown } = before;
  return { ...shown, archived: archivedAt !== null };
}

function requireNoKeys(what: string, keys: readonly KeySummary[]): void {
  if (keys.length === 0) return;
  const some = keys.slice(0, 3).map(({ id }) => `"${id}"`);
  const named = keys.length > 3 ? `${some.join(', ')} and ${keys.length - 3} more` : some.join(', ');
  throw new ApiFailure(
    409,
    'keys_in_force',
    `${what} has keys in force (${named}). Revoke them or move them first.`,
  );
}

function requireRevision(what: string, now: number, revision: number): void {
  if (now === revision) return;
  const message =
    now === 0
      ? `There is no ${what} yet: write it with revision 0.`
      : `The ${what} is at revision ${now}, and this was made from ${revision}.`;
  throw new ApiFailure(409, 'revision_conflict', message, { revision: now });
}

function requireFound<T>(view: T | undefined): T {
  if (view === undefined) throw new Error('What was written is not there.');
  return view;
}
