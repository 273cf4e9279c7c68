import type { z } from 'zod';
import type { UserClassifier } from './classifier/user-classifier.ts';
import type { CompiledNode } from './compiled-node.ts';
import type { Finding } from './finding.ts';
import type { Form } from './form.ts';

/** Id of a node in a policy: a slug made from its first label, never changed afterwards. */
export type NodeId = string;

/** A named exit of a node. */
export interface Port {
  readonly id: string;
  /** What the exit means, as the canvas writes it beside the port. */
  readonly label: string;
  /** The node it leads to; `null` while it is not connected. */
  readonly to: NodeId | null;
  /** An open port that may stay open: dropping an edge on it adds an exit. */
  readonly open?: true;
  /** May stay unconnected: the node has a meaning without it. */
  readonly optional?: true;
}

/** What the policy around a node offers it. */
export interface Surroundings {
  /** The policy's own classifiers by id. */
  readonly classifiers: Readonly<Record<string, UserClassifier>>;
}

/** What every node carries beside its kind's own settings. */
export interface NodeFrame {
  readonly kind: string;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * A node kind: one unit that says what its settings are, where its exits lead, what is wrong with it, what it means and
 * how it is edited. Palette, inspector, validator, compiler and simulator all grow from it.
 */
export interface NodeKind<K extends string, C extends NodeFrame> {
  readonly kind: K;
  /** The whole node as it stands in a policy document, unknown keys refused. */
  readonly config: z.ZodType<C>;
  /** Exits in order. */
  readonly ports: (config: C) => readonly Port[];
  /** The same node with one exit led elsewhere; `null` disconnects it. An unknown port changes nothing. */
  readonly withTarget: (config: C, port: string, to: NodeId | null) => C;
  /** The author's mistakes inside this node. Places are relative to it. */
  readonly check: (config: C, around: Surroundings) => readonly Finding[];
  /** Meaning. Only called for a node without errors. `id` is the node's. */
  readonly compile: (config: C, id: NodeId) => CompiledNode;
  /** A new node of this kind, as the palette inserts it. */
  readonly blank: () => C;
  readonly form: Form;
}

/** Declares a node kind and keeps its literal types. */
export function defineNode<const K extends string, C extends NodeFrame & { readonly kind: K }>(
  kind: NodeKind<K, C>,
): NodeKind<K, C> {
  return Object.freeze(kind);
}
