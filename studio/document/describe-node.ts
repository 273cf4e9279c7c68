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

/**
 * The quiet second line of a card: what the node does, in a few words. `models` is how many a pool's patterns stand for,
 * where the catalogue is at hand.
 */
export function summaryOf(node: PolicyNode, models?: number): string {
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
      return `${limitInWords(node)}${node.per === null ? '' : ` per ${lastWord(node.per)}`}`;
    case 'transform':
      return shortList(changesInWords(node), 'Changes nothing');
    case 'pool':
      return `${bestWords[node.objective]} of ${count(models ?? node.candidates.length, models === undefined ? 'candidate' : 'model')}`;
    case 'cascade':
      return shortList(checksInWords(node), 'Accepts every answer');
    case 'model':
      return node.target;
    case 'output':
      return node.to === null ? 'Leads on where this is used' : 'Leads on';
    case 'refuse':
      return `${node.status} · ${node.code}`;
  }
}

const bestWords = {
  cost: 'Cheapest',
  latency: 'Fastest',
  quality: 'Best quality',
  balanced: 'Best balance',
} as const satisfies Readonly<Record<Extract<PolicyNode, { kind: 'pool' }>['objective'], string>>;

/** `100 requests/min`, `1M tokens/day`, `$5/month`: short enough for a card. */
function limitInWords({ amount, unit, window }: Extract<PolicyNode, { kind: 'limit' }>): string {
  const span = window === 'minute' ? 'min' : window;
  return unit === 'usd' ? `$${amount}/${span}` : `${shortCount(amount)} ${unit}/${span}`;
}

function shortCount(amount: number): string {
  return new Intl.NumberFormat('en-US', {
    notation: amount >= 100_000 ? 'compact' : 'standard',
    maximumFractionDigits: 2,
  }).format(amount);
}

/** `caller.team` → `team`. */
function lastWord(signal: string): string {
  return (signal.split('.').at(-1) ?? signal).replaceAll('_', ' ');
}

/** What a transform changes, one short phrase each. */
export function changesInWords(node: Extract<PolicyNode, { kind: 'transform' }>): readonly string[] {
  const { parameters = {}, redact } = node;
  const { max_output_tokens: longest, temperature, reasoning_effort: effort } = parameters;
  return [
    ...(longest === undefined ? [] : [`answers ≤ ${longest.toLocaleString('en-US')} tokens`]),
    ...(temperature === undefined ? [] : [`temperature ${temperature}`]),
    ...(effort === undefined ? [] : [`${effort === 'none' ? 'no' : effort} reasoning`]),
    ...(node.system === undefined ? [] : ['adds a system prompt']),
    ...(node.images === 'keep' ? [] : [node.images === 'strip' ? 'strips images' : 'refuses images']),
    ...(redact.length === 0 ? [] : [`redacts ${redact.length === 1 ? redact[0] : `${redact.length} kinds`}`]),
  ];
}

/** What a cascade asks of the first answer, one short phrase each. */
export function checksInWords({ accept }: Extract<PolicyNode, { kind: 'cascade' }>): readonly string[] {
  const { schema, no_refusal, min_characters, judge, min_logprob } = accept;
  return [
    ...(judge === undefined ? [] : [`judged by ${modelName(judge.target)}`]),
    ...(schema === true ? ['valid JSON'] : []),
    ...(no_refusal === true ? ['no refusal'] : []),
    ...(min_characters === undefined ? [] : [`≥ ${min_characters.toLocaleString('en-US')} characters`]),
    ...(min_logprob === undefined ? [] : [`logprob ≥ ${String(min_logprob).replace('-', '−')}`]),
  ];
}

/** As many phrases as a card has room for, and how many more there are. */
function shortList(phrases: readonly string[], none: string): string {
  const shown: string[] = [];
  for (const phrase of phrases) {
    if (shown.length > 0 && [...shown, phrase].join(', ').length > 27) break;
    shown.push(phrase);
  }
  const more = phrases.length - shown.length;
  const text = shown.length === 0 ? none : `${shown.join(', ')}${more === 0 ? '' : ` +${more}`}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Everything the second line says, without a limit of room: for a tooltip and a screen reader. */
export function fullSummaryOf(node: PolicyNode, models?: number): string {
  switch (node.kind) {
    case 'limit':
      return `${amountText(node)}${node.per === null ? ', all requests together' : ` per ${lastWord(node.per)}`}`;
    case 'transform':
      return changesInWords(node).join(', ') || 'changes nothing';
    case 'cascade':
      return `accepts an answer if: ${checksInWords(node).join(', ') || 'there is one'}`;
    default:
      return summaryOf(node, models);
  }
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
    case 'limit':
      return { text: exit.id === 'within' ? 'within' : 'over the limit' };
    default:
      return { text: exit.label };
  }
}

/** Kinds whose second line is the point of them. */
const speaksSummary: ReadonlySet<PolicyNode['kind']> = new Set(['limit', 'transform', 'pool', 'cascade']);

/**
 * A node in one sentence for a screen reader: `Condition “Long?”, 2 exits, 1 problem`. With its name `first`, as where
 * what stands before the name belongs to it: `“Long?”, Condition, 2 exits, 1 problem`.
 */
export function spokenNode(
  node: PolicyNode,
  problems: readonly Diagnostic[],
  isEntry: boolean,
  first: 'kind' | 'name' = 'kind',
): string {
  const exits = exitsOf(node).filter((exit) => exit.open !== true).length;
  const [kind, name] = [kindOf(node).form.title, `“${titleOf(node)}”`];
  return [
    ...(first === 'kind' ? [`${kind} ${name}`] : [name, kind]),
    ...(speaksSummary.has(node.kind) ? [fullSummaryOf(node)] : []),
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
