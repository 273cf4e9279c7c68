import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

const Id = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'must be a lower-case letter, then letters, digits, - or _');
const Count = z.number().int().min(1);
const limits = {
  rpm: Count.optional(),
  tpm: Count.optional(),
  concurrency: Count.optional(),
  retention: z.enum(['zero', 'retains', 'unknown']).optional(),
} as const;

export const ProjectView = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  archivedAt: z.string().nullable(),
  /** Keys that are not expired. */
  keys: z.number().int(),
  /** `keys`: nobody made it, its keys name it. */
  origin: z.enum(['studio', 'keys']),
  revision: z.number().int(),
});
export type ProjectView = z.output<typeof ProjectView>;

export const TeamView = z.strictObject({
  ...limits,
  id: z.string(),
  name: z.string(),
  description: z.string(),
  archivedAt: z.string().nullable(),
  keys: z.number().int(),
  projects: z.array(ProjectView),
  /** `file`: the config file; `keys`: nobody made it, its keys name it. */
  origin: z.enum(['studio', 'file', 'keys']),
  /** 0 where it was not made here. */
  revision: z.number().int(),
});
export type TeamView = z.output<typeof TeamView>;

const Revision = z.number().int().min(0);
const named = {
  name: z.string().min(1).max(120),
  description: z.string().max(500).default(''),
  archived: z.boolean().default(false),
  /** The revision this was made from; 0 for a new one. */
  revision: Revision,
} as const;

export const listTeams = defineCall({
  method: 'GET',
  path: '/api/teams',
  needs: 'teams.read',
  summary: 'Teams with their projects and how many keys they have.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ teams: z.array(TeamView) }),
});

export const writeTeam = defineCall({
  method: 'PUT',
  path: '/api/teams/:id',
  needs: 'teams.manage',
  summary: 'Makes, renames, limits or archives a team. One with keys in force is not archived.',
  params: z.strictObject({ id: Id }),
  query: Nothing,
  body: z.strictObject({ ...named, ...limits }),
  response: TeamView,
});

export const writeProject = defineCall({
  method: 'PUT',
  path: '/api/teams/:team/projects/:id',
  needs: 'teams.manage',
  summary: 'Makes, renames or archives a project of a team. One with keys in force is not archived.',
  params: z.strictObject({ team: z.string(), id: Id }),
  query: Nothing,
  body: z.strictObject(named),
  response: ProjectView,
});
