import { z } from 'zod';
import { cascade } from './cascade/index.ts';
import { classifier } from './classifier/index.ts';
import { condition } from './condition/index.ts';
import type { NodeFrame, NodeKind } from './define-node.ts';
import { fallback } from './fallback/index.ts';
import { limit } from './limit/index.ts';
import { model } from './model/index.ts';
import { output } from './output/index.ts';
import { pool } from './pool/index.ts';
import { refuse } from './refuse/index.ts';
import { split } from './split/index.ts';
import { transform } from './transform/index.ts';

/** Every node kind there is, in the order of the palette. */
export const nodeRegistry = [
  classifier,
  condition,
  split,
  limit,
  transform,
  model,
  pool,
  fallback,
  cascade,
  refuse,
  output,
] as const;

/** A node of a policy: the union of all kinds' settings, told apart by `kind`. */
export const PolicyNode = z.discriminatedUnion('kind', [
  classifier.config as z.ZodObject & typeof classifier.config,
  condition.config as z.ZodObject & typeof condition.config,
  split.config as z.ZodObject & typeof split.config,
  limit.config as z.ZodObject & typeof limit.config,
  transform.config as z.ZodObject & typeof transform.config,
  model.config as z.ZodObject & typeof model.config,
  pool.config as z.ZodObject & typeof pool.config,
  fallback.config as z.ZodObject & typeof fallback.config,
  cascade.config as z.ZodObject & typeof cascade.config,
  refuse.config as z.ZodObject & typeof refuse.config,
  output.config as z.ZodObject & typeof output.config,
]) as unknown as z.ZodType<PolicyNode>;
export type PolicyNode = z.output<(typeof nodeRegistry)[number]['config']>;
export type NodeKindName = PolicyNode['kind'];

/** A kind with its own type forgotten, for code that treats all alike. */
export type AnyNodeKind = NodeKind<NodeKindName, PolicyNode & NodeFrame>;

const kinds: ReadonlyMap<string, AnyNodeKind> = new Map(
  nodeRegistry.map((kind) => [kind.kind, kind as unknown as AnyNodeKind]),
);

/** The kind of a node. The node was parsed, so its kind exists. */
export function kindOf(node: PolicyNode): AnyNodeKind {
  return kindNamed(node.kind);
}

/** A kind by its name. */
export function kindNamed(name: NodeKindName): AnyNodeKind {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`No node kind is called "${name}".`);
  return kind;
}
