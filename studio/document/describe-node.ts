import {
  amountText,
  type Diagnostic,
  kindOf,
  type NodeId,
  type PolicyNode,
  type Port,
} from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { exitsOf } from './commands/index.ts';
import { shortCondition } from './condition-words.ts';

/** What people call a node: its label, else its model, else its kind. */
export function titleOf(node: PolicyNode): string {
  if (node.label !== undefined) return node.label;
  return node.kind === 'model' ? modelName(node.target) : kindOf(node).form.title;
}

/** What people call the node of an id, in a policy. */
export function titleIn(policy: Policy, id: NodeId): string {
  const node = Object.hasOwn(policy.nodes, id) ? policy.nodes[id] : undefined;
  return node === undefined ? id : titleOf(node);
}

/** The quiet second line of a card: what the node does, in a few words. */
export function summaryOf(node: PolicyNode): string {
  switch (node.kind) {
    case 'classifier':
      return `≥ ${Math.round(node.confidence * 100)} % sure`;
    case 'condition':
      return count(node.cases.length, 'case');
    case 'split':
      return node.by === 'draw' ? 'By chance' : `By ${node.by}`;
    case 'fallback':
      return node.deadline_ms === undefined ? 'In order' : `In order, within ${seconds(node.deadline_ms)}`;
    case 'limit':
      return `${amountText(node)}${node.per === null ? '' : ` by ${node.per}`}`;
    case 'transform':
      return changesInWords(node);
    case 'pool':
      return `${count(node.candidates.length, 'candidate')}, by ${node.objective}`;
    case 'cascade':
      return 'Asks further if an answer will not do';
    case 'model':
      return node.target;
    case 'refuse':
      return `${node.status} · ${node.code}`;
  }
}

function changesInWords(node: Extract<PolicyNode, { kind: 'transform' }>): string {
  const words = [
    ...(node.parameters === undefined ? [] : ['parameters']),
    ...(node.system === undefined ? [] : ['system prompt']),
    ...(node.images === 'keep' ? [] : ['images']),
    ...(node.redact.length === 0 ? [] : ['private data']),
  ];
  return words.length === 0 ? 'Changes nothing' : `Changes ${words.join(', ')}`;
}

/** What stands beside an exit: words on the left, a number on the right. */
export function exitWords(node: PolicyNode, exit: Port): { readonly text: string; readonly aside?: string } {
  switch (node.kind) {
    case 'condition': {
      const one = node.cases.find(({ id }) => id === exit.id);
      if (one === undefined) return { text: exit.label };
      return { text: one.label ?? (one.when.trim() === '' ? 'empty condition' : shortCondition(one.when)) };
    }
    case 'split': {
      const arm = node.arms.find(({ id }) => id === exit.id);
      return arm === undefined
        ? { text: exit.label }
        : { text: arm.label ?? arm.id.toUpperCase(), aside: `${Math.round(arm.share * 1_000) / 10} %` };
    }
    case 'fallback':
      return { text: exit.open === true ? 'add a try' : exit.label };
    default:
      return { text: exit.label };
  }
}

/** A node in one sentence for a screen reader: `Condition “Long?”, 2 exits, 1 problem`. */
export function spokenNode(node: PolicyNode, problems: readonly Diagnostic[], isEntry: boolean): string {
  const exits = exitsOf(node).filter((exit) => exit.open !== true).length;
  return [
    `${kindOf(node).form.title} “${titleOf(node)}”`,
    ...(isEntry ? ['requests come in here'] : []),
    ...(exits === 0 ? [] : [count(exits, 'exit')]),
    ...(problems.length === 0 ? [] : [count(problems.length, 'problem')]),
  ].join(', ');
}

/** `openai/gpt-5-mini` → `gpt-5-mini`. */
export function modelName(target: string): string {
  return target.slice(target.indexOf('/') + 1);
}

/** `openai/gpt-5-mini` → `openai`. */
export function providerName(target: string): string {
  const slash = target.indexOf('/');
  return slash < 0 ? target : target.slice(0, slash);
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`;
}
