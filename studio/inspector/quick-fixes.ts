import { nearest } from '#engine/nearest.ts';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { signalRegistry } from '#engine/signals/index.ts';
import {
  type Command,
  changeNode,
  deleteNodes,
  disconnect,
  exitForEveryLabel,
  exitsOf,
  freeSlug,
  layoutMissing,
  setEntry,
  titleIn,
} from '../document/index.ts';
import { annotationFixFor } from './annotation-fixes.ts';
import { balanceShares } from './balance-shares.ts';
import { settingFixFor } from './setting-fixes.ts';

/** An edit that mends a problem. */
export interface QuickFix {
  readonly label: string;
  readonly command: Command;
}

/** What would mend a problem in one step; `undefined` where only the author can know. */
export function quickFixFor(
  policy: Policy,
  problem: Diagnostic,
  suggest: (target: string) => string | undefined,
): QuickFix | undefined {
  const { code, node: id, port, field } = problem;
  if (code === 'entry_missing') return entryFix(policy);
  if (code === 'layout_stray') return { label: 'Tidy the layout', command: layoutMissing() };
  const aside = annotationFixFor(problem);
  if (aside !== undefined) return aside;
  const node = id === undefined ? undefined : policy.nodes[id];
  if (id === undefined || node === undefined) return undefined;
  const index = Number(field?.split('.')[1]);
  switch (code) {
    case 'unreachable':
      return { label: 'Delete', command: deleteNodes([id]) };
    case 'node_missing':
      return port === undefined
        ? undefined
        : { label: 'Disconnect', command: disconnect({ node: id, port }) };
    case 'shares_sum':
      return { label: 'Balance', command: balanceArms(id) };
    case 'duplicate_case':
      return { label: 'Remove the case', command: changeNode(id, (now) => withoutCase(now, index)) };
    case 'tries_repeated':
      return { label: 'Remove the try', command: changeNode(id, (now) => withoutTry(now, index)) };
    case 'tries_single':
    case 'cases_empty':
      return exitsOf(node).some(({ to }) => to !== null)
        ? { label: 'Remove the node', command: deleteNodes([id]) }
        : undefined;
    case 'labels_empty':
      return { label: 'Add all its labels', command: exitForEveryLabel(id) };
    case 'label_unknown':
      return { label: 'Remove the label', command: changeNode(id, (now) => withoutLabel(now, port)) };
    case 'duplicate_id':
      return { label: 'Give it another id', command: changeNode(id, (now) => withFreeId(now, index)) };
    case 'condition_unknown_signal':
      return signalFix(id, node, index, problem.range);
    case 'model_unknown':
      return nearestFix(id, node, field, suggest);
    default:
      return settingFixFor(problem, id, node);
  }
}

/** The model that was meant, where one is named that nobody knows. */
function nearestFix(
  id: string,
  node: Node,
  field: string | undefined,
  suggest: (target: string) => string | undefined,
): QuickFix | undefined {
  const index = Number(field?.split('.')[1]);
  const named = namedAt(node, index);
  const near = named === undefined ? undefined : suggest(named);
  if (near === undefined) return undefined;
  return {
    label: `Use ${near}`,
    command: changeNode(id, (now) => {
      switch (now.kind) {
        case 'model':
          return { ...now, target: near };
        case 'pool':
          return { ...now, candidates: now.candidates.with(index, near) };
        case 'cascade':
          return now.accept.judge === undefined
            ? now
            : { ...now, accept: { ...now.accept, judge: { ...now.accept.judge, target: near } } };
        default:
          return now;
      }
    }),
  };
}

function namedAt(node: Node, index: number): string | undefined {
  switch (node.kind) {
    case 'model':
      return node.target;
    case 'pool':
      return node.candidates[index];
    case 'cascade':
      return node.accept.judge?.target;
    default:
      return undefined;
  }
}

/** The only node that nothing leads to, if there is just one: requests must come in there. */
function entryFix(policy: Policy): QuickFix | undefined {
  const led = new Set(edgesOf(policy).map((edge) => edge.to));
  const [first, second] = Object.keys(policy.nodes).filter((id) => !led.has(id));
  if (first === undefined || second !== undefined) return undefined;
  return { label: `Let requests in at ${titleIn(policy, first)}`, command: setEntry(first) };
}

/** The signal that was meant, where one is named that there is not. */
function signalFix(id: string, node: Node, index: number, range: Diagnostic['range']): QuickFix | undefined {
  const when = node.kind === 'condition' ? node.cases[index]?.when : undefined;
  if (when === undefined || range === undefined) return undefined;
  // The place may be one part of the name; the whole of it is meant.
  const start = range.start - (/[\w.]*$/.exec(when.slice(0, range.start))?.[0].length ?? 0);
  const end = range.end + (/^[\w.]*/.exec(when.slice(range.end))?.[0].length ?? 0);
  const near = nearest(when.slice(start, end), signalNames);
  if (near === undefined) return undefined;
  const mended = `${when.slice(0, start)}${near}${when.slice(end)}`;
  return {
    label: `Use ${near}`,
    command: changeNode(id, (now) =>
      now.kind === 'condition'
        ? { ...now, cases: now.cases.map((one, at) => (at === index ? { ...one, when: mended } : one)) }
        : now,
    ),
  };
}

const signalNames = signalRegistry.map(({ name }) => name);

function withoutLabel(node: Node, label: string | undefined): Node {
  if (node.kind !== 'classifier') return node;
  return { ...node, ports: Object.fromEntries(Object.entries(node.ports).filter(([key]) => key !== label)) };
}

/** The second of two exits with one id gets one of its own. */
function withFreeId(node: Node, index: number): Node {
  const rename = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
    list.map((one, at) => {
      const taken = (id: string): boolean => list.some((other) => other.id === id);
      return at === index ? { ...one, id: freeSlug(one.id, taken) } : one;
    });
  if (node.kind === 'condition') return { ...node, cases: rename(node.cases) };
  return node.kind === 'split' ? { ...node, arms: rename(node.arms) } : node;
}

function balanceArms(id: string): Command {
  return changeNode(id, (node) => {
    if (node.kind !== 'split') return node;
    const shares = balanceShares(node.arms.map((arm) => arm.share));
    return { ...node, arms: node.arms.map((arm, index) => ({ ...arm, share: shares[index] ?? 0 })) };
  });
}

type Node = Policy['nodes'][string];

function withoutCase(node: Node, index: number): Node {
  return node.kind === 'condition' ? { ...node, cases: node.cases.toSpliced(index, 1) } : node;
}

function withoutTry(node: Node, index: number): Node {
  return node.kind === 'fallback' ? { ...node, try: node.try.toSpliced(index, 1) } : node;
}
