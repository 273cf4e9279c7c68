import { z } from 'zod';
import { PolicyNode, Slug, UserClassifier } from '../nodes/index.ts';
import { CanvasPlace, Groups, Notes } from './annotations.ts';

/** The format this release reads and writes. A newer file is refused, never half understood. */
export const policyFormat = 1;

/** The policy document: a routing graph as one JSON file. Targets stand on the ports, so there is no list of edges. */
export const Policy = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal(policyFormat),
    id: Slug,
    name: z.string().min(1).max(120),
    description: z.string().max(4_000).optional(),
    /** Where requests come in; `null` in a drawing that has no node yet. */
    entry: z.union([Slug, z.null()]),
    nodes: z.record(Slug, PolicyNode),
    /** Classifiers of this policy's own, which its classifier nodes may name. */
    classifiers: z.record(Slug, UserClassifier).optional(),
    /** Where nodes lie on the canvas: `[x, y]` in whole pixels. Means nothing to the plan. */
    layout: z.record(Slug, CanvasPlace).default({}),
    /** Texts on the canvas, and named frames around nodes. They mean nothing to the plan either. */
    notes: Notes.optional(),
    groups: Groups.optional(),
  })
  .meta({
    id: 'Policy',
    title: 'Waybill policy',
    description: 'A routing graph: how requests find a model.',
  });
export type Policy = z.output<typeof Policy>;

/** A policy with nothing in it, as “new policy” starts. */
export function emptyPolicy(id: string, name: string): Policy {
  return { format: policyFormat, id, name, entry: null, nodes: {}, layout: {} };
}

/** JSON Schema (draft 7) of the document, for the JSON editor, for `$schema` in files and for the API’s description. */
export function policyJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(Policy, { target: 'draft-7', io: 'input' }) as Record<string, unknown>;
}
