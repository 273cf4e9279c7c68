import { kindOf, type NodeId, type NodeKindName, type PolicyNode } from '../../nodes/index.ts';
import type { Subpolicy } from '../annotations.ts';
import type { Policy } from '../policy.ts';
import { type FieldChange, fieldChanges } from './field-changes.ts';

/** An exit that is there on one side only, or that leads elsewhere. */
export interface PortChange {
  readonly port: string;
  /** What the exit means, as the canvas writes it. */
  readonly label: string;
  readonly kind: 'added' | 'removed' | 'moved';
  /** Where it leads; `null`: nowhere, or it is not there. */
  readonly before: NodeId | null;
  readonly after: NodeId | null;
}

/** A node that differs. `relabelled`: only in what is written for people. */
export interface NodeChange {
  readonly id: NodeId;
  readonly kind: 'added' | 'removed' | 'changed' | 'relabelled';
  /** Kind and label on each side; `null` where the node is not there. */
  readonly before: NodeFace | null;
  readonly after: NodeFace | null;
  /** Settings that mean something, without where exits lead. */
  readonly fields: readonly FieldChange[];
  /** Labels and descriptions, of the node and of its cases and arms. */
  readonly labels: readonly FieldChange[];
  readonly ports: readonly PortChange[];
}

interface NodeFace {
  readonly kind: NodeKindName;
  readonly label: string | null;
}

export interface ClassifierChange {
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly fields: readonly FieldChange[];
}

export interface PolicyDiff {
  /** By id. Where nodes lie on the canvas is no difference. */
  readonly nodes: readonly NodeChange[];
  readonly entry: { readonly before: NodeId | null; readonly after: NodeId | null } | null;
  readonly classifiers: readonly ClassifierChange[];
  /** Name and description of the policy, its notes and groups: written for people, and no part of what it decides. */
  readonly about: readonly FieldChange[];
  /** Whether the two decide alike: nothing but labels differs. The same as equal semantic hashes. */
  readonly sameMeaning: boolean;
}

/** What differs between two policies by meaning: layout is left out, and labels are told apart from what decides. */
export function diffPolicies(before: Policy, after: Policy): PolicyDiff {
  const nodes = idsOf(before.nodes, after.nodes).flatMap((id) => {
    const change = diffNode(id, before.nodes[id], after.nodes[id]);
    return change === null ? [] : [change];
  });
  const entry = before.entry === after.entry ? null : { before: before.entry, after: after.entry };
  const classifiers = diffClassifiers(before.classifiers ?? {}, after.classifiers ?? {});
  const decides = nodes.some(({ kind }) => kind !== 'relabelled');
  return {
    nodes,
    entry,
    classifiers,
    about: fieldChanges(aboutOf(before), aboutOf(after)),
    sameMeaning: !decides && entry === null && classifiers.length === 0,
  };
}

/** Colours, measures and whether a group is folded differ as places do: not at all. */
function aboutOf({ name, description, notes = {}, groups = {} }: Policy): object {
  const each = <T, W>(record: Readonly<Record<string, T>>, tell: (value: T) => W) => {
    const entries = Object.entries(record).map(([id, value]) => [id, tell(value)] as const);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return {
    name,
    description,
    notes: each(notes, ({ text }) => text),
    groups: each(groups, ({ name, nodes, subpolicy }) => ({
      name,
      nodes: nodes.toSorted(),
      ...(subpolicy === undefined ? {} : { subpolicy: nameOfSubpolicy(subpolicy) }),
    })),
  };
}

function idsOf(left: object, right: object): readonly string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
}

function diffNode(
  id: NodeId,
  before: PolicyNode | undefined,
  after: PolicyNode | undefined,
): NodeChange | null {
  const [left, right] = [settingsOf(before), settingsOf(after)];
  const fields = fieldChanges(left.meaning, right.meaning);
  const labels = fieldChanges(left.labels, right.labels);
  const ports = diffPorts(before, after);
  const faces = { before: faceOf(before), after: faceOf(after) };
  if (before === undefined) return { id, kind: 'added', ...faces, fields, labels, ports };
  if (after === undefined) return { id, kind: 'removed', ...faces, fields, labels, ports };
  if (fields.length > 0 || ports.length > 0) return { id, kind: 'changed', ...faces, fields, labels, ports };
  return labels.length === 0 ? null : { id, kind: 'relabelled', ...faces, fields, labels, ports };
}

function faceOf(node: PolicyNode | undefined): NodeFace | null {
  return node === undefined ? null : { kind: node.kind, label: node.label ?? null };
}

interface Settings {
  readonly meaning: object;
  readonly labels: object;
}

/** A node's settings without where its exits lead, what is written for people apart from the rest. */
function settingsOf(node: PolicyNode | undefined): Settings {
  if (node === undefined) return { meaning: {}, labels: {} };
  const { label, description, ...meaning } = withMarkedExits(node);
  const own = { label, description };
  if (meaning.kind === 'condition') {
    const { cases, ...rest } = meaning;
    return {
      meaning: bare({ ...rest, cases: cases.map(withoutLabel) }),
      labels: { ...own, cases: labelled(cases) },
    };
  }
  if (meaning.kind === 'split') {
    const { arms, ...rest } = meaning;
    return {
      meaning: bare({ ...rest, arms: arms.map(withoutLabel) }),
      labels: { ...own, arms: labelled(arms) },
    };
  }
  // The tries of a fallback and the labels of a classifier node are its exits, which are compared as such.
  if (meaning.kind === 'fallback') return { meaning: { ...meaning, try: undefined }, labels: own };
  if (meaning.kind === 'classifier') return { meaning: bare({ ...meaning, ports: undefined }), labels: own };
  return { meaning: bare(meaning), labels: own };
}

/** Stands in a setting that says where an exit leads; no id and no text of an author is like it. */
const exit = '\u0000exit';

function withMarkedExits(node: PolicyNode): PolicyNode {
  const kind = kindOf(node);
  return kind
    .ports(node)
    .reduce<PolicyNode>(
      (marked, port) => (port.open ? marked : kind.withTarget(marked, port.id, exit)),
      node,
    );
}

/** The settings without those that say where an exit leads. */
function bare(settings: object): object {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => {
      if (value === exit) return [];
      return [[key, isListOfObjects(value) ? value.map(bare) : value]];
    }),
  );
}

function isListOfObjects(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}

function withoutLabel({ label: _, ...rest }: { readonly label?: string | undefined }): object {
  return rest;
}

/** Labels by id, without order: whose order changed has changed in meaning. Nothing where there are none. */
function labelled(list: readonly { readonly id: string; readonly label?: string | undefined }[]): unknown {
  const labels = list.flatMap(({ id, label }) => (label === undefined ? [] : [[id, { label }]]));
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
}

function diffPorts(before: PolicyNode | undefined, after: PolicyNode | undefined): readonly PortChange[] {
  const [left, right] = [portsOf(before), portsOf(after)];
  const ids = [...new Set([...left.keys(), ...right.keys()])].sort();
  return ids.flatMap((port): readonly PortChange[] => {
    const [was, is] = [left.get(port), right.get(port)];
    const ends = { port, label: (is ?? was)?.label ?? port, before: was?.to ?? null, after: is?.to ?? null };
    if (was === undefined) return [{ ...ends, kind: 'added' }];
    if (is === undefined) return [{ ...ends, kind: 'removed' }];
    return was.to === is.to ? [] : [{ ...ends, kind: 'moved' }];
  });
}

function portsOf(
  node: PolicyNode | undefined,
): ReadonlyMap<string, { readonly label: string; readonly to: NodeId | null }> {
  if (node === undefined) return new Map();
  const ports = kindOf(node).ports(node);
  return new Map(ports.filter(({ open }) => open !== true).map((port) => [port.id, port]));
}

function diffClassifiers(
  before: NonNullable<Policy['classifiers']>,
  after: NonNullable<Policy['classifiers']>,
): readonly ClassifierChange[] {
  return idsOf(before, after).flatMap((id): readonly ClassifierChange[] => {
    const [was, is] = [before[id], after[id]];
    const fields = fieldChanges(was ?? {}, is ?? {});
    if (was === undefined) return [{ id, kind: 'added', fields }];
    if (is === undefined) return [{ id, kind: 'removed', fields }];
    return fields.length === 0 ? [] : [{ id, kind: 'changed', fields }];
  });
}

/** `guard v3`, or `guard (3f2a91c0)` where it was not published. */
function nameOfSubpolicy({ policy, version, hash }: Subpolicy): string {
  return version === null ? `${policy} (${hash.slice(0, 8)})` : `${policy} v${version}`;
}
