import {
  classifiers as builtIn,
  labelsOfClassifier,
  type NodeId,
  type PolicyNode,
  UserClassifier,
} from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { withNode } from './exits.ts';

type ClassifierNode = Extract<PolicyNode, { kind: 'classifier' }>;

/** A label that has another name now: the exits of nodes take it too. */
export interface RenamedLabel {
  readonly from: string;
  readonly to: string;
}

/** Labels a classifier may answer; `undefined` where the policy has none of that name. */
export function labelsIn(policy: Policy, id: string): readonly string[] | undefined {
  const own = ownOf(policy, id);
  return builtIn.get(id)?.labels ?? (own === undefined ? undefined : labelsOfClassifier(own));
}

/** Nodes that ask a classifier, by a classifier node or in a condition. */
export function nodesAsking(policy: Policy, id: string): readonly NodeId[] {
  return Object.entries(policy.nodes).flatMap(([node, config]) => (asks(config, id) ? [node] : []));
}

function asks(node: PolicyNode, id: string): boolean {
  return namesAsked(node).has(id);
}

/** Every classifier a node asks, built-in ones included. */
export function namesAsked(node: PolicyNode): ReadonlySet<string> {
  if (node.kind === 'classifier') return new Set([node.classifier]);
  if (node.kind !== 'condition') return new Set();
  return new Set(
    node.cases.flatMap(({ when }) => [...when.matchAll(askedIn)].flatMap(([, , , name]) => name ?? [])),
  );
}

/** Adds a classifier of the policy's own; a node, where named, asks it from now on. */
export function addClassifier(id: string, classifier: UserClassifier, node?: NodeId): Command {
  return (policy) => {
    if (builtIn.has(id) || ownOf(policy, id) !== undefined) return policy;
    const added = { ...policy, classifiers: { ...policy.classifiers, [id]: classifier } };
    return node === undefined ? added : letNodeAsk(node, id)(added);
  };
}

/** Lets a node ask another classifier. Exits of labels that one has stay; an own one gets an exit for every label. */
export function letNodeAsk(node: NodeId, id: string): Command {
  return (policy) => {
    const labels = labelsIn(policy, id);
    if (labels === undefined) return policy;
    return withClassifierNode(policy, node, (now) => {
      if (now.classifier === id) return now;
      const kept = Object.fromEntries(Object.entries(now.ports).filter(([label]) => labels.includes(label)));
      return { ...now, classifier: id, ports: builtIn.has(id) ? kept : portsFor(labels, kept) };
    });
  };
}

/** Gives a node an exit for every label of its classifier. */
export function exitForEveryLabel(node: NodeId): Command {
  return (policy) =>
    withClassifierNode(policy, node, (now) => {
      const labels = labelsIn(policy, now.classifier) ?? [];
      return labels.every((label) => Object.hasOwn(now.ports, label))
        ? now
        : { ...now, ports: { ...portsFor(labels, now.ports), ...now.ports } };
    });
}

/**
 * Puts another classifier in the place of one; what the schema refuses does nothing. Exits follow the labels: one of a
 * label that is gone goes, a renamed one keeps where it leads, and a node that had an exit for every label gets one for
 * a new label.
 */
export function changeClassifier(id: string, next: UserClassifier, renamed?: RenamedLabel): Command {
  return (policy) => {
    const before = ownOf(policy, id);
    const read = UserClassifier.safeParse(next);
    if (before === undefined || !read.success || JSON.stringify(read.data) === JSON.stringify(before))
      return policy;
    const changed = { ...policy, classifiers: { ...policy.classifiers, [id]: read.data } };
    const old = labelsOfClassifier(before);
    const labels = labelsOfClassifier(read.data);
    return withEveryAsker(changed, id, (node) => followLabels(node, old, labels, renamed));
  };
}

function followLabels(
  node: ClassifierNode,
  old: readonly string[],
  labels: readonly string[],
  renamed: RenamedLabel | undefined,
): ClassifierNode {
  const hadAll = old.every((label) => Object.hasOwn(node.ports, label));
  const kept = new Map(Object.entries(node.ports).filter(([label]) => labels.includes(label)));
  const isRename = renamed !== undefined && !labels.includes(renamed.from) && labels.includes(renamed.to);
  if (isRename && Object.hasOwn(node.ports, renamed.from) && !kept.has(renamed.to))
    kept.set(renamed.to, node.ports[renamed.from] ?? null);
  const ports = Object.fromEntries(kept);
  const next = hadAll ? portsFor(labels, ports) : ports;
  return JSON.stringify(next) === JSON.stringify(node.ports) ? node : { ...node, ports: next };
}

/** Gives a classifier another name, in every node and condition that asks it, too. */
export function renameClassifier(id: string, to: string): Command {
  return (policy) => {
    const own = ownOf(policy, id);
    if (own === undefined || builtIn.has(to) || ownOf(policy, to) !== undefined) return policy;
    const classifiers = Object.fromEntries(
      Object.entries(policy.classifiers ?? {}).map(([name, one]) => [name === id ? to : name, one]),
    );
    const nodes = Object.fromEntries(
      Object.entries(policy.nodes).map(([node, config]) => [node, askingUnder(config, new Map([[id, to]]))]),
    );
    return { ...policy, classifiers, nodes };
  };
}

/** A node that asks classifiers under other names: the name it asks now → the other. */
export function askingUnder(node: PolicyNode, names: ReadonlyMap<string, string>): PolicyNode {
  if (node.kind === 'classifier')
    return { ...node, classifier: names.get(node.classifier) ?? node.classifier };
  if (node.kind !== 'condition') return node;
  return { ...node, cases: node.cases.map((one) => ({ ...one, when: renamedIn(one.when, names) })) };
}

/** `classifiers.label["topic"]`. */
const askedIn = /(classifiers\.(?:label|confidence)\s*\[\s*)(["'])([^"']*)\2/g;

function renamedIn(when: string, names: ReadonlyMap<string, string>): string {
  return when.replaceAll(
    askedIn,
    (_, head: string, quote: string, name: string) => `${head}${quote}${names.get(name) ?? name}${quote}`,
  );
}

/** Takes a classifier away. Nodes that ask it ask the built-in one, with the exits that one has labels for. */
export function deleteClassifier(id: string): Command {
  return (policy) => {
    if (ownOf(policy, id) === undefined) return policy;
    const { [id]: _gone, ...classifiers } = policy.classifiers ?? {};
    const asking = nodesAsking(policy, id);
    const freed = asking.reduce((now, node) => letNodeAsk(node, 'task')(now), policy);
    if (Object.keys(classifiers).length > 0) return { ...freed, classifiers };
    const { classifiers: _none, ...rest } = freed;
    return rest;
  };
}

function ownOf(policy: Policy, id: string): UserClassifier | undefined {
  const { classifiers } = policy;
  return classifiers !== undefined && Object.hasOwn(classifiers, id) ? classifiers[id] : undefined;
}

function portsFor(labels: readonly string[], ports: ClassifierNode['ports']): ClassifierNode['ports'] {
  return Object.fromEntries(
    labels.map((label) => [label, Object.hasOwn(ports, label) ? (ports[label] ?? null) : null]),
  );
}

function withClassifierNode(
  policy: Policy,
  id: NodeId,
  change: (node: ClassifierNode) => ClassifierNode,
): Policy {
  return withNode(policy, id, (node) => (node.kind === 'classifier' ? change(node) : node));
}

function withEveryAsker(
  policy: Policy,
  id: string,
  change: (node: ClassifierNode) => ClassifierNode,
): Policy {
  return nodesAsking(policy, id).reduce((now, node) => withClassifierNode(now, node, change), policy);
}
