import { z } from 'zod';

const made = { createdAt: z.string(), createdBy: z.string(), archivedAt: z.string().nullable() } as const;
const limits = {
  rpm: z.number().optional(),
  tpm: z.number().optional(),
  concurrency: z.number().optional(),
  retention: z.enum(['zero', 'retains', 'unknown']).optional(),
} as const;

/** A team that was made in the studio. */
export const StoredTeam = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  ...limits,
  ...made,
  revision: z.number().int(),
});
export type StoredTeam = Readonly<z.output<typeof StoredTeam>>;

/** A project of a team; ids are told apart within it. */
export const StoredProject = z.strictObject({
  team: z.string(),
  id: z.string(),
  name: z.string(),
  description: z.string(),
  ...made,
  revision: z.number().int(),
});
export type StoredProject = Readonly<z.output<typeof StoredProject>>;

/** A gateway key. The secret itself is nowhere: keys are random, so SHA-256 is enough to recognise them. */
export const StoredKey = z.strictObject({
  id: z.string(),
  team: z.string(),
  project: z.string(),
  tags: z.array(z.string()).readonly(),
  secretSha256: z.string(),
  prefix: z.string(),
  createdAt: z.string(),
  createdBy: z.string().optional(),
  description: z.string().optional(),
  /** Whom to ask about it. */
  owner: z.string().optional(),
  /** The secret before a rotation, good until then. */
  previous: z.strictObject({ secretSha256: z.string(), prefix: z.string(), until: z.string() }).optional(),
  rotatedAt: z.string().optional(),
  ...limits,
  policies: z.array(z.string()).readonly().optional(),
  aliases: z.array(z.string()).readonly().optional(),
  models: z.array(z.string()).readonly().optional(),
  regions: z.array(z.string()).readonly().optional(),
  expiresAt: z.string().optional(),
});
export type StoredKey = Readonly<z.output<typeof StoredKey>>;
