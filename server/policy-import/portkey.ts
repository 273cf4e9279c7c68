import type { Catalogue } from '#engine/catalogue/index.ts';
import type { ListableErrorClass, NodeId } from '#engine/nodes/index.ts';
import { type ImportedPolicy, ImportProblem } from './outcome.ts';
import { labelOf, PolicyDraft } from './policy-draft.ts';
import { type Inherited, inherit, outermost, readModel } from './portkey-model.ts';
import { leaveRest } from './portkey-rest.ts';
import { queryToCel } from './query-to-cel.ts';
import { anyError, sequence, splitOf } from './shared-nodes.ts';
import {
  firstMember,
  isThere,
  items,
  member,
  numberOf,
  requireObject,
  type Source,
  textOf,
} from './source.ts';
import { statusClasses } from './status-classes.ts';

const mostDeep = 20;

/**
 * A Portkey config: strategies (`single`, `fallback`, `loadbalance`, `conditional`) over targets that may nest.
 * https://portkey.ai/docs/api-reference/inference-api/config-object, …/product/ai-gateway/conditional-routing.
 *
 * @throws {ImportProblem} where it is none.
 */
export function importPortkey(source: Source, catalogue: Catalogue): ImportedPolicy {
  const config = unwrap(source);
  requireObject(config, 'A Portkey config');
  const isConfig = ['strategy', 'targets', 'provider', 'virtual_key', 'override_params'].some((key) =>
    isThere(member(config, key)),
  );
  if (!isConfig)
    throw new ImportProblem(
      config.path,
      'A Portkey config has a "strategy" with "targets", or a "provider". This has neither.',
    );
  const draft = new PolicyDraft(catalogue);
  const entry = readTarget(config, outermost, draft, 0);
  const name = textOf(member(source, 'name')) ?? 'Portkey config';
  return draft.build('portkey', name, 'Imported from a Portkey config.', entry);
}

/** Answers of Portkey's API hold the config under `data.config` or `config`, sometimes as text. */
function unwrap(source: Source): Source {
  const inner = [member(member(source, 'data'), 'config'), member(source, 'config')].find(isThere);
  if (inner === undefined) return source;
  if (typeof inner.value !== 'string') return inner;
  try {
    return { ...inner, value: JSON.parse(inner.value) };
  } catch {
    throw new ImportProblem(inner.path, 'The config stands here as a text that is not JSON.');
  }
}

function readTarget(target: Source, above: Inherited, draft: PolicyDraft, depth: number): NodeId {
  if (depth > mostDeep)
    throw new ImportProblem(target.path, `Targets are nested more than ${mostDeep} deep.`);
  requireObject(target, 'A target');
  const settings = inherit(target, above, draft);
  leaveRest(target, draft);
  const targets = items(member(target, 'targets'));
  if (targets.length === 0) return readModel(target, settings, draft);
  const strategy = member(target, 'strategy');
  const mode = textOf(member(strategy, 'mode')) ?? textOf(strategy) ?? 'single';
  const label = textOf(member(target, 'name')) ?? modeLabels[mode] ?? mode;
  const read = (one: Source) => readTarget(one, settings, draft, depth + 1);
  switch (mode) {
    case 'loadbalance':
      return readLoadBalance(label, strategy, targets, read, draft);
    case 'fallback':
      return sequence(draft, label, targets.map(read), fallbackErrors(strategy));
    case 'conditional':
      return readConditional(label, strategy, targets, read, draft);
    case 'single':
      return readSingle(targets, read, draft);
    default:
      throw new ImportProblem(
        member(strategy, 'mode').path,
        `There is no strategy "${mode}". There are single, fallback, loadbalance and conditional.`,
      );
  }
}

const modeLabels: Readonly<Record<string, string>> = {
  loadbalance: 'Load balancing',
  fallback: 'Fallback',
  conditional: 'Which target?',
};

function readLoadBalance(
  label: string,
  strategy: Source,
  targets: readonly Source[],
  read: (one: Source) => NodeId,
  draft: PolicyDraft,
): NodeId {
  const sticky = firstMember(strategy, 'sticky', 'sticky_session');
  if (isThere(sticky)) {
    draft.leave(
      sticky.path,
      'The split draws for every request anew.',
      'In the split, choose the signal that keeps a caller on one arm, such as session.id or caller.user.',
    );
  }
  const weights = targets.map((one) => numberOf(member(one, 'weight')) ?? 1);
  const used = targets.filter((_, index) => (weights[index] ?? 0) > 0);
  for (const one of targets.filter((target) => !used.includes(target)))
    draft.leave(
      one.path,
      'Its weight is 0, so nothing goes there.',
      'Add an arm to the split once it should have a share.',
    );
  const ways = used.map((one) => ({
    name: textOf(member(one, 'name')) ?? `Target ${targets.indexOf(one) + 1}`,
    weight: weights[targets.indexOf(one)] ?? 1,
    to: read(one),
  }));
  const [only] = ways;
  if (ways.length === 1 && only !== undefined) return only.to;
  const node = splitOf(label, ways);
  if (node === null) throw new ImportProblem(strategy.path, 'Every weight of the load balancing is 0.');
  return draft.add(label, node);
}

/** Without codes, whatever is not an answer moves on. What never was an answer always does. */
function fallbackErrors(strategy: Source): readonly ListableErrorClass[] {
  const codes = items(member(strategy, 'on_status_codes')).flatMap((one) => numberOf(one) ?? []);
  return codes.length === 0 ? anyError : statusClasses(codes);
}

function readSingle(targets: readonly Source[], read: (one: Source) => NodeId, draft: PolicyDraft): NodeId {
  const [first, ...others] = targets;
  for (const one of others)
    draft.leave(
      one.path,
      'With the strategy "single" only the first target is called.',
      'Nothing: it is not called today either.',
    );
  if (first === undefined) throw new ImportProblem('targets', 'There is no target.');
  return read(first);
}

function readConditional(
  label: string,
  strategy: Source,
  targets: readonly Source[],
  read: (one: Source) => NodeId,
  draft: PolicyDraft,
): NodeId {
  const made = new Map<string, NodeId>();
  const targetNamed = (source: Source): NodeId => {
    const name = textOf(source);
    const target = targets.find((one) => name !== null && textOf(member(one, 'name')) === name);
    if (name === null || target === undefined) {
      const names = targets.flatMap((one) => textOf(member(one, 'name')) ?? []);
      throw new ImportProblem(
        source.path,
        `There is no target called "${name ?? ''}". There are: ${names.join(', ') || 'none with a name'}.`,
      );
    }
    const id = made.get(name) ?? read(target);
    made.set(name, id);
    return id;
  };
  const cases = items(member(strategy, 'conditions')).flatMap((one) => {
    const query = member(one, 'query');
    const cel = queryToCel(query);
    if (cel.kind === 'ok') {
      const to = member(one, 'then');
      return [{ label: labelOf(textOf(to) ?? ''), when: cel.text, to: targetNamed(to) }];
    }
    draft.leave(
      cel.path,
      `The condition cannot be asked here: ${cel.why}`,
      'Ask it by another signal, or send what it needs as metadata. Until then its requests go on to the next case.',
    );
    return [];
  });
  const otherwise = member(strategy, 'default');
  if (!isThere(otherwise))
    throw new ImportProblem(strategy.path, 'A conditional strategy needs a "default".');
  const last = targetNamed(otherwise);
  for (const one of targets.filter((target) => !made.has(textOf(member(target, 'name')) ?? '')))
    draft.leave(one.path, 'No condition leads to this target.', 'Nothing: it is not called today either.');
  if (cases.length === 0) return last;
  return draft.add(label, {
    kind: 'condition',
    label: labelOf(label),
    cases: cases.map((one, index) => ({ id: `case-${index + 1}`, ...one })),
    else: last,
  });
}
