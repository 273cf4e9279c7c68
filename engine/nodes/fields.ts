import { z } from 'zod';

/**
 * Ids of nodes, cases and arms: they name edges, so they never change once made. `constructor` is the one slug that every
 * JavaScript object seems to have already, so no node may be called that.
 */
export const slugPattern = /^(?!constructor$)[a-z][a-z0-9_-]{0,63}$/;
export const Slug = z
  .string()
  .regex(
    slugPattern,
    'must be a slug: a lower-case letter, then letters, digits, - or _, at most 64 characters',
  );

/** Where a port leads: a node's id, or `null` while it is not connected. */
export const PortTarget = z.union([Slug, z.null()]);

/** Label and description, which every node may carry and which mean nothing to the plan. */
export const frame = {
  label: z.string().min(1).max(120).optional(),
  description: z.string().max(2_000).optional(),
} as const;

/** A duration an author may ask for, in ms. */
export const Milliseconds = z.number().int().min(1).max(3_600_000);
