import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { PolicyNode } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { type NamedSignals, type SignalValue, signalRegistry } from '#engine/signals/index.ts';
import { askPool } from './reference-pool.ts';

/** What a policy decides, as a log writes it. */
export interface ReferenceDecision {
  readonly path: string;
  readonly targets: readonly string[];
  readonly refused: boolean;
}

interface Answer {
  readonly steps: readonly string[];
  /** Targets in order; `no` is a refusal that is meant, `nobody` a pool without a candidate. */
  readonly attempts: readonly (string | typeof no | typeof nobody)[];
}
const no = Symbol('no');
const nobody = Symbol('nobody');

/**
 * The meaning of a policy a second time, slow and plain, straight from the document: conditions are evaluated by the
 * CEL library itself, and nothing is shared with the compiler, the evaluator or the simulator that this is held against.
 */
export function interpret(policy: Policy, signals: NamedSignals): ReferenceDecision {
  const { steps, attempts } = visit(policy, policy.entry ?? '', { signals, stripped: false });
  return {
    path: steps.join('>'),
    targets: attempts.filter((target) => typeof target === 'string'),
    refused: typeof attempts[0] !== 'string',
  };
}

interface Asking {
  readonly signals: NamedSignals;
  /** Images are left out on the way. */
  readonly stripped: boolean;
}

function visit(policy: Policy, id: string, asking: Asking): Answer {
  const node = policy.nodes[id] as PolicyNode;
  const { signals, stripped } = asking;
  switch (node.kind) {
    case 'model':
      return { steps: [id], attempts: [node.target] };
    case 'refuse':
      return { steps: [id], attempts: [no] };
    case 'fallback': {
      const tries = node.try.map((to, index) => ({
        step: `${id}:${index + 1}`,
        answer: visit(policy, to, asking),
      }));
      return inOrder(tries, node.on.includes('unavailable'));
    }
    case 'cascade': {
      const ways = [
        ['first', node.first],
        ['then', node.then],
      ] as const;
      return inOrder(
        ways.map(([port, to]) => ({ step: `${id}:${port}`, answer: visit(policy, to ?? '', asking) })),
        true,
      );
    }
    case 'output': {
      if (node.to === null) return { steps: [id], attempts: [no] };
      const below = visit(policy, node.to, asking);
      return { ...below, steps: [`${id}:to`, ...below.steps] };
    }
    case 'transform': {
      const images = node.images === 'refuse' ? (signals['request.images'] ?? undefined) : 0;
      if (images !== undefined && images > 0) return { steps: [`${id}:images`], attempts: [no] };
      const below = visit(policy, node.to ?? '', { signals, stripped: stripped || node.images === 'strip' });
      return { ...below, steps: [`${id}:to${images === undefined ? '?' : ''}`, ...below.steps] };
    }
    case 'pool': {
      const { targets, sure } = askPool(node, id, signals, stripped);
      return { steps: [`${id}${sure ? '' : '?'}`], attempts: targets.length === 0 ? [nobody] : targets };
    }
    default: {
      const { port, to, sure } = leave(node, id, signals);
      const below = visit(policy, to ?? '', asking);
      return { ...below, steps: [`${id}:${port}${sure ? '' : '?'}`, ...below.steps] };
    }
  }
}

/** Whoever has nobody to call is passed over, unless that goes for all. */
function inOrder(tries: readonly { step: string; answer: Answer }[], passesOver: boolean): Answer {
  const isEmpty = ({ answer }: { readonly answer: Answer }) => passesOver && answer.attempts[0] === nobody;
  const kept = tries.every(isEmpty) ? tries.slice(-1) : tries.filter((one) => !isEmpty(one));
  return {
    steps: tries.flatMap(({ step, answer }) => [step, ...answer.steps]),
    attempts: kept.flatMap(({ answer }) => answer.attempts),
  };
}

interface Exit {
  readonly port: string;
  readonly to: string | null;
  readonly sure: boolean;
}

function leave(
  node: Extract<PolicyNode, { kind: 'classifier' | 'condition' | 'split' | 'limit' }>,
  id: string,
  signals: NamedSignals,
): Exit {
  switch (node.kind) {
    case 'classifier': {
      const own = node.classifier === 'task' ? undefined : node.classifier;
      const label = own === undefined ? signals['task.label'] : signals['classifiers.label']?.[own];
      const confidence =
        own === undefined ? signals['task.confidence'] : signals['classifiers.confidence']?.[own];
      if (label == null || confidence == null) return { port: 'otherwise', to: node.otherwise, sure: false };
      return confidence >= node.confidence && Object.hasOwn(node.ports, label)
        ? { port: label, to: node.ports[label] ?? null, sure: true }
        : { port: 'otherwise', to: node.otherwise, sure: true };
    }
    case 'limit': {
      const used = signals['limits.used']?.[id];
      const isOver = used !== undefined && used >= node.amount;
      return {
        port: isOver ? 'over' : 'within',
        to: isOver ? node.over : node.within,
        sure: used !== undefined,
      };
    }
    case 'condition': {
      let sure = true;
      for (const one of node.cases) {
        const answer = evaluateCondition(one.when, signals);
        if (answer === true) return { port: one.id, to: one.to, sure };
        if (answer === undefined) sure = false;
      }
      return { port: 'else', to: node.else, sure };
    }
    case 'split': {
      const point = pointOf(node.by, node.salt ?? id, signals);
      let bound = 0;
      for (const arm of node.arms.slice(0, -1)) {
        bound += arm.share;
        if (point !== undefined && point < bound) return { port: arm.id, to: arm.to, sure: true };
      }
      const last = node.arms[node.arms.length - 1]!;
      return { port: last.id, to: last.to, sure: point !== undefined };
    }
  }
}

function pointOf(by: string, salt: string, signals: NamedSignals): number | undefined {
  const text = by === 'draw' ? '' : (signals as Record<string, unknown>)[by];
  if (text == null) return undefined;
  return text === '' ? (signals.draw ?? undefined) : murmurPoint(`${salt}\u0000${text}`);
}

/** MurmurHash3, x86, 32 bit, over UTF-16 units, by the book: every step modulo 2^32. */
function murmurPoint(text: string): number {
  const bits = 0xffff_ffffn;
  const rotate = (word: bigint, by: bigint) => ((word << by) | (word >> (32n - by))) & bits;
  let hash = 0x9747_b28cn;
  for (let index = 0; index < text.length; index += 1) {
    const word = (BigInt(text.charCodeAt(index)) * 0xcc9e_2d51n) & bits;
    hash ^= (rotate(word, 15n) * 0x1b87_3593n) & bits;
    hash = (rotate(hash, 13n) * 5n + 0xe654_6b64n) & bits;
  }
  hash ^= BigInt(text.length);
  hash = ((hash ^ (hash >> 16n)) * 0x85eb_ca6bn) & bits;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2_ae35n) & bits;
  return Number(hash ^ (hash >> 16n)) / 2 ** 32;
}

const celTypes = {
  int: 'int',
  double: 'double',
  bool: 'bool',
  string: 'string',
  string_list: 'list<string>',
  string_map: 'map<string, string>',
  double_map: 'map<string, double>',
} as const;

const environment = makeEnvironment();
const parsed = new Map<string, ParseResult>();

/** The library's own answer; whatever it cannot answer (an unknown signal, a missing key) is undetermined. */
export function evaluateCondition(condition: string, signals: NamedSignals): boolean | undefined {
  const known = parsed.get(condition) ?? environment.parse(condition);
  parsed.set(condition, known);
  try {
    const answer: unknown = known(contextOf(signals));
    return typeof answer === 'boolean' ? answer : undefined;
  } catch {
    return undefined;
  }
}

function makeEnvironment(): Environment {
  const made = new Environment({ unlistedVariablesAreDyn: false });
  const schemas: Record<string, Record<string, string>> = {};
  for (const { name, valueType } of signalRegistry) {
    const [head = '', field] = name.split('.');
    if (field === undefined) made.registerVariable(head, celTypes[valueType]);
    else schemas[head] = { ...schemas[head], [field]: celTypes[valueType] };
  }
  for (const [head, schema] of Object.entries(schemas)) made.registerVariable(head, { schema });
  return made;
}

const contexts = new WeakMap<NamedSignals, Record<string, unknown>>();

/** Signals as CEL values: whole numbers as big integers, maps as maps, unknown ones left out. */
function contextOf(signals: NamedSignals): Record<string, unknown> {
  const known = contexts.get(signals);
  if (known !== undefined) return known;
  const context: Record<string, unknown> = {};
  const heads: Record<string, Record<string, unknown>> = {};
  for (const { name, valueType } of signalRegistry) {
    const value = signals[name] ?? null;
    const [head = '', field] = name.split('.');
    if (field !== undefined) heads[head] ??= {};
    if (value === null) continue;
    const cel = celValueOf(valueType, value);
    if (field === undefined) context[head] = cel;
    else (heads[head] as Record<string, unknown>)[field] = cel;
  }
  Object.assign(context, heads);
  contexts.set(signals, context);
  return context;
}

function celValueOf(type: keyof typeof celTypes, value: SignalValue): unknown {
  if (type === 'int') return BigInt(value as number);
  return type === 'string_map' || type === 'double_map' ? new Map(Object.entries(value)) : value;
}
