import { z } from 'zod';
import { Slug } from '../nodes/index.ts';

const Coordinate = z.number().int().min(-1_000_000).max(1_000_000);

/** A place on the canvas: `[x, y]` in whole pixels. */
export const CanvasPlace = z.tuple([Coordinate, Coordinate]);

/** What a note may be coloured with; `plain` is the colour of cards. */
export const noteColours = ['plain', 'amber', 'green', 'violet', 'red'] as const;
export type NoteColour = (typeof noteColours)[number];

/** How large a note may be, in px, and how much of it all a policy may hold. */
export const noteLimits = {
  characters: 4_000,
  count: 200,
  width: { min: 120, max: 1_200 },
  height: { min: 60, max: 1_200 },
} as const;
export const groupLimits = { count: 100, nodes: 500, characters: 120 } as const;

const { width, height } = noteLimits;

/** A text on the canvas. Means nothing to the plan. */
export const Note = z.strictObject({
  text: z.string().max(noteLimits.characters, 'must have at most 4,000 characters'),
  colour: z.enum(noteColours).default('amber'),
  at: CanvasPlace,
  /** Width and height in whole pixels. */
  size: z
    .tuple([z.number().int().min(width.min).max(width.max), z.number().int().min(height.min).max(height.max)])
    .default([240, 140]),
});
export type Note = z.output<typeof Note>;

/**
 * Where the nodes of a sub-policy come from: a version of another policy, taken over as it was. What it decides is in the
 * nodes here, so nothing changes when that policy does; this says what they can be compared with and brought up to.
 */
export const Subpolicy = z.strictObject({
  policy: Slug,
  /** `null` where they were made into a policy of its own that was not published yet. */
  version: z.union([z.number().int().min(1), z.null()]),
  /** Semantic hash of what was taken over. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a semantic hash: 64 hexadecimal digits'),
  /** Its entry, by the id it has there. */
  entry: Slug,
  /** The id of each of its nodes there → here. */
  nodes: z.record(Slug, Slug),
  /** The name of each of its own classifiers there → here. */
  classifiers: z.record(Slug, Slug).optional(),
});
export type Subpolicy = z.output<typeof Subpolicy>;

/** A frame with a name around some nodes. Means nothing to the plan. */
export const Group = z.strictObject({
  name: z.string().min(1).max(groupLimits.characters),
  /** A node stands in one group at most. */
  nodes: z.array(Slug).max(groupLimits.nodes, 'must name at most 500 nodes'),
  /** Drawn as one card that shows what goes in and out. */
  collapsed: z.boolean().default(false),
  /** Set where the group is a sub-policy. */
  subpolicy: Subpolicy.optional(),
});
export type Group = z.output<typeof Group>;

/** Notes by id. */
export const Notes = z
  .record(Slug, Note)
  .refine((notes) => Object.keys(notes).length <= noteLimits.count, 'must hold at most 200 notes');

/** Groups by id. */
export const Groups = z
  .record(Slug, Group)
  .refine((groups) => Object.keys(groups).length <= groupLimits.count, 'must hold at most 100 groups');
