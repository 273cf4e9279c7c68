import {
  type CompiledNode,
  kindOf,
  type NodeId,
  type PolicyNode,
  type PoolCandidates,
  preparePool,
} from '../nodes/index.ts';
import type { Policy } from '../policy/index.ts';
import { changeAnswer } from './change-answer.ts';
import { compileChooser } from './compile-chooser.ts';
import { compilePool } from './compile-pool.ts';
import { imagesRefused, placeImageCheck } from './image-check.ts';
import { plainCall } from './plain-call.ts';
import type { Fixed, PlanNode, Sequence, Step } from './plan.ts';
import { sequenceAnswers } from './sequence-answers.ts';

/** A plan in the making. */
interface Making {
  readonly policy: Policy;
  readonly pools: PoolCandidates;
  readonly nodes: PlanNode[];
  readonly placed: Map<string, number>;
}

/** Places all nodes that can be reached from the entry, children before parents. */
export function placeNodes(
  policy: Policy,
  entry: NodeId,
  pools: PoolCandidates,
): { readonly nodes: PlanNode[]; readonly entry: number } {
  const making = { policy, pools, nodes: [], placed: new Map() };
  return { nodes: making.nodes, entry: place(making, entry, false) };
}

/**
 * Places a node behind its children and answers its index; a shared node is placed once, or twice where one of the ways
 * to it leaves images out: a pool below then asks less of its candidates.
 */
function place(making: Making, id: NodeId, stripsImages: boolean): number {
  const key = `${stripsImages ? '-' : '+'}${id}`;
  const known = making.placed.get(key);
  if (known !== undefined) return known;
  const node = making.policy.nodes[id];
  if (node === undefined) throw new Error(`A checked policy leads to the missing node "${id}".`);
  const strips = stripsImages || (node.kind === 'transform' && node.images === 'strip');
  const exits = kindOf(node)
    .ports(node)
    .flatMap((port) => (port.to === null ? [] : [{ port: port.id, to: port.to }]));
  const next = exits.map((exit) => place(making, exit.to, strips));
  const ports = exits.map((exit) => exit.port);
  const index = push(making.nodes, makeNode({ making, id, node, ports, next, stripsImages }));
  making.placed.set(key, index);
  return index;
}

function push(nodes: PlanNode[], node: PlanNode): number {
  return nodes.push(Object.freeze(node)) - 1;
}

interface Placing {
  readonly making: Making;
  readonly id: NodeId;
  readonly node: PolicyNode;
  readonly ports: readonly string[];
  readonly next: readonly number[];
  readonly stripsImages: boolean;
}

function makeNode(placing: Placing): PlanNode {
  const { id, node, making, stripsImages } = placing;
  const compiled: CompiledNode = kindOf(node).compile(node, id);
  switch (compiled.kind) {
    case 'choose':
      return choosing(placing, compiled);
    case 'sequence':
      return sequencing(placing, compiled);
    case 'change':
      return changing(placing, compiled);
    case 'attempt':
      return calling(id, compiled);
    case 'pool': {
      const candidates = making.pools[id] ?? [];
      return { ...compilePool(preparePool(compiled.settings, candidates, stripsImages)), id, fixed: null };
    }
    case 'refuse': {
      const { code, status, message } = compiled;
      const step = makeStep(id, null);
      const refusal = Object.freeze({ node: id, code, status, message });
      const attempt = Object.freeze({ kind: 'refuse', node: id, refusal, countsAs: null } as const);
      return { kind: 'refuse', id, step, refusal, fixed: makeFixed([step], [attempt]) };
    }
  }
}

function choosing(
  { id, ports, next }: Placing,
  { chooser }: Extract<CompiledNode, { kind: 'choose' }>,
): PlanNode {
  return {
    kind: 'choose',
    chooser,
    id,
    fixed: null,
    ports,
    next,
    choose: compileChooser(chooser),
    steps: ports.map((port) => makeStep(id, port)),
    undeterminedSteps: ports.map((port) => makeStep(id, port, true)),
  };
}

function sequencing(
  { id, ports, next, making }: Placing,
  { on, deadlineMs, accept, retryBudget }: Extract<CompiledNode, { kind: 'sequence' }>,
): PlanNode {
  const sequence: Sequence = Object.freeze({ node: id, on, deadlineMs, accept, retryBudget });
  const steps = ports.map((port) => makeStep(id, port));
  const answers = next.map((index) => making.nodes[index]?.fixed ?? null);
  const known = answers.filter((answer) => answer !== null);
  const joined = known.length === answers.length ? sequenceAnswers(sequence, steps, known) : null;
  return {
    kind: 'sequence',
    id,
    sequence,
    next,
    steps,
    fixed: joined && makeFixed(joined.path, joined.attempts),
  };
}

/** Refusing images is a choice of its own before the change: one exit on, one to a refusal. */
function changing(
  { id, ports, next, making }: Placing,
  { changes, refusesImages }: Extract<CompiledNode, { kind: 'change' }>,
): PlanNode {
  const below = making.nodes[next[0] ?? -1]?.fixed ?? null;
  const step = refusesImages ? null : makeStep(id, ports[0] ?? null);
  const answer = below === null ? null : changeAnswer(changes, step, below);
  const change: PlanNode = {
    kind: 'change',
    id,
    changes,
    step,
    next,
    fixed: answer && makeFixed(answer.path, answer.attempts),
  };
  return refusesImages ? withImageCheck(making, id, change) : change;
}

function withImageCheck({ nodes }: Making, id: NodeId, change: PlanNode): PlanNode {
  const refused = push(nodes, imagesRefused(id));
  return placeImageCheck(id, refused, push(nodes, change));
}

function calling(
  id: NodeId,
  { target, changes, deadlines }: Extract<CompiledNode, { kind: 'attempt' }>,
): PlanNode {
  const step = makeStep(id, null);
  const attempt = plainCall(id, target, { changes, deadlines });
  return { kind: 'attempt', target, changes, deadlines, id, step, fixed: makeFixed([step], [attempt]) };
}

function makeFixed(path: Fixed['path'], attempts: Fixed['attempts']): Fixed {
  return Object.freeze({ path: Object.freeze(path), attempts: Object.freeze(attempts) });
}

function makeStep(node: NodeId, port: string | null, undetermined = false): Step {
  return Object.freeze({ node, port, undetermined });
}
