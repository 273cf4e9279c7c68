import {
  classifiers,
  type Diagnostic,
  kindNamed,
  type NodeId,
  type NodeKindName,
  type PolicyNode,
} from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { ModelRow } from '../client/queries.ts';
import {
  addNode,
  type Command,
  changeNode,
  connect,
  type Exit,
  exitsOf,
  freeSlug,
  letNodeAsk,
  modelName,
  setEntry,
  titleIn,
  whyNotConnect,
} from '../document/index.ts';
import { formatPrice, formatTokens } from '../look/format.ts';

/** A mend that needs a choice: where to connect, which model instead. */
export interface ChoiceFix {
  /** Ends in an ellipsis. */
  readonly label: string;
  readonly choices: readonly FixChoice[];
}

export interface FixChoice {
  readonly label: string;
  readonly hint?: string;
  readonly command: Command;
}

const most = 12;

/** What would mend a problem once the author has chosen; `undefined` where there is nothing to choose from. */
export function choiceFixFor(
  policy: Policy,
  problem: Diagnostic,
  models: readonly ModelRow[],
): ChoiceFix | undefined {
  const fix = wayToMend(policy, problem, models);
  return fix === undefined || fix.choices.length === 0 ? undefined : fix;
}

function wayToMend(
  policy: Policy,
  { code, node: id, port }: Diagnostic,
  models: readonly ModelRow[],
): ChoiceFix | undefined {
  if (code === 'entry_missing') return entryFix(policy);
  const node = id === undefined ? undefined : policy.nodes[id];
  if (id === undefined || node === undefined) return undefined;
  switch (code) {
    case 'port_unconnected':
    case 'node_missing':
      return port === undefined ? undefined : connectFix(policy, { node: id, port }, models);
    case 'tries_empty':
      return { ...connectFix(policy, { node: id, port: 'add' }, models), label: 'Add a try…' };
    case 'unreachable':
    case 'branch_unreachable':
      return { label: 'Lead an exit here…', choices: waysTo(policy, id) };
    case 'classifier_unknown':
      return { label: 'Ask another classifier…', choices: classifiersFor(policy, id) };
    case 'capability_dead_end':
      return node.kind === 'model'
        ? { label: raiseLabel(node.target, models), choices: roomier(id, node.target, models) }
        : undefined;
    case 'model_unreachable':
    case 'model_deprecated':
    case 'model_unpriced':
      return node.kind === 'model'
        ? { label: 'Choose another model…', choices: alike(id, node.target, models) }
        : undefined;
    default:
      return undefined;
  }
}

function entryFix(policy: Policy): ChoiceFix {
  const choices = Object.keys(policy.nodes).map((id) => ({
    label: titleIn(policy, id),
    command: setEntry(id),
  }));
  return { label: 'Let requests in at…', choices: choices.slice(0, most) };
}

/** Where an exit may lead: nodes that are there, a new cheap model, or a refusal. */
function connectFix(policy: Policy, exit: Exit, models: readonly ModelRow[]): ChoiceFix {
  const there = Object.keys(policy.nodes)
    .filter((id) => whyNotConnect(policy, exit, id) === undefined)
    .map(
      (id): FixChoice => ({
        label: titleIn(policy, id),
        hint: hintOf(policy, id),
        command: connect(exit, id),
      }),
    );
  const usual = usualModel(models);
  const target = usual?.id ?? blankTarget;
  const isRest = exit.port === 'else' || exit.port === 'otherwise';
  return {
    label: isRest ? `Add “${exit.port}”…` : 'Connect to…',
    choices: [
      ...there.slice(0, most),
      {
        label: `New model: ${modelName(target)}`,
        ...(usual === undefined ? {} : { hint: factsOf(usual) }),
        command: addTo(exit, 'model', { kind: 'model', target }),
      },
      { label: 'Refuse these requests', command: addTo(exit, 'refuse', kindNamed('refuse').blank()) },
    ],
  };
}

const blank: PolicyNode = kindNamed('model').blank();
const blankTarget = blank.kind === 'model' ? blank.target : '';

/** What a new model node calls, where that can be called here; else the cheapest of known quality, else the cheapest. */
function usualModel(models: readonly ModelRow[]): ModelRow | undefined {
  const all = reachable(models).toSorted(byPrice);
  return all.find(({ id }) => id === blankTarget) ?? all.find(({ quality }) => quality !== null) ?? all[0];
}

function hintOf(policy: Policy, id: NodeId): string {
  const node = policy.nodes[id];
  return node === undefined ? id : node.kind === 'model' ? node.target : kindNamed(node.kind).form.title;
}

function addTo(exit: Exit, kind: NodeKindName, node: PolicyNode): Command {
  return (policy) => {
    const source = node.kind === 'model' ? modelName(node.target) : kindNamed(kind).form.title;
    const id = freeSlug(source, (slug) => Object.hasOwn(policy.nodes, slug), kind);
    return addNode({ id, node }, exit)(policy);
  };
}

/** Exits that lead nowhere yet, of nodes that requests reach; growing lists take one more. */
function waysTo(policy: Policy, to: NodeId): readonly FixChoice[] {
  return Object.entries(policy.nodes)
    .flatMap(([id, node]) =>
      exitsOf(node)
        .filter(
          (exit) => exit.to === null && whyNotConnect(policy, { node: id, port: exit.id }, to) === undefined,
        )
        .map(
          (exit): FixChoice => ({
            label: titleIn(policy, id),
            hint: exit.open === true ? 'one more try' : exit.label,
            command: connect({ node: id, port: exit.id }, to),
          }),
        ),
    )
    .slice(0, most);
}

function classifiersFor(policy: Policy, id: NodeId): readonly FixChoice[] {
  return [...classifiers.keys(), ...Object.keys(policy.classifiers ?? {})].map((name) => ({
    label: name,
    hint: classifiers.get(name)?.title ?? 'this policy’s own',
    command: letNodeAsk(id, name),
  }));
}

/** Models that hold more than one does, or take more kinds of input: of its provider first, then the cheapest. */
function roomier(id: NodeId, target: string, models: readonly ModelRow[]): readonly FixChoice[] {
  const now = models.find((model) => model.id === target);
  const can = abilities(now);
  const better = reachable(models).filter(
    (model) =>
      model.id !== target &&
      (model.context ?? 0) >= (now?.context ?? 0) &&
      [...can].every((one) => abilities(model).has(one)) &&
      ((model.context ?? 0) > (now?.context ?? 0) || abilities(model).size > can.size),
  );
  const isOwn = (model: ModelRow): number => (model.provider === now?.provider ? 0 : 1);
  return better
    .toSorted((left, right) => isOwn(left) - isOwn(right) || byPrice(left, right))
    .slice(0, most)
    .map((model) => instead(id, model));
}

function raiseLabel(target: string, models: readonly ModelRow[]): string {
  const context = models.find((model) => model.id === target)?.context ?? null;
  return context === null ? 'Choose another model…' : `Raise context above ${formatTokens(context)}…`;
}

/** Models that can be called, those of the same family and provider first. */
function alike(id: NodeId, target: string, models: readonly ModelRow[]): readonly FixChoice[] {
  const now = models.find((model) => model.id === target);
  const likeness = (model: ModelRow): number =>
    (model.family === now?.family ? 2 : 0) + (model.provider === now?.provider ? 1 : 0);
  return reachable(models)
    .filter((model) => model.id !== target && !model.deprecated)
    .toSorted((left, right) => likeness(right) - likeness(left) || byPrice(left, right))
    .slice(0, most)
    .map((model) => instead(id, model));
}

function instead(id: NodeId, model: ModelRow): FixChoice {
  return {
    label: model.id,
    hint: factsOf(model),
    command: changeNode(id, (now) => (now.kind === 'model' ? { ...now, target: model.id } : now)),
  };
}

function reachable(models: readonly ModelRow[]): readonly ModelRow[] {
  return models.filter(
    (model) => model.served !== 'none' && model.priceInput !== null && model.output.includes('text'),
  );
}

function byPrice(left: ModelRow, right: ModelRow): number {
  return (left.priceInput ?? 0) - (right.priceInput ?? 0) || (left.id < right.id ? -1 : 1);
}

function factsOf({ priceInput, priceOutput, context }: ModelRow): string {
  const price = `${formatPrice(priceInput)} in · ${formatPrice(priceOutput)} out`;
  return context === null ? price : `${price} · ${formatTokens(context)}`;
}

function abilities(model: ModelRow | undefined): ReadonlySet<string> {
  if (model === undefined) return new Set();
  const { input, tools, reasoning, jsonSchema } = model;
  const flags = { tools, reasoning, jsonSchema };
  return new Set([...input, ...Object.entries(flags).flatMap(([name, has]) => (has === true ? [name] : []))]);
}
