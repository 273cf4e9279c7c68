import type { Catalogue } from '#engine/catalogue/index.ts';
import type { ListableErrorClass, NodeId } from '#engine/nodes/index.ts';
import { type DeploymentGroup, groupsOf } from './litellm-deployments.ts';
import { makeGroup } from './litellm-group.ts';
import { leaveRestOfLitellm, type RouterSettings, settingsOf } from './litellm-settings.ts';
import { type ImportedPolicy, ImportProblem } from './outcome.ts';
import { labelOf, PolicyDraft } from './policy-draft.ts';
import { anyError, modelNode, refusal, sequence } from './shared-nodes.ts';
import { isObject, items, keysOf, member, requireObject, type Source, textOf } from './source.ts';

/**
 * LiteLLM: the proxy's `config.yaml`, or the arguments of its Router as JSON. The client's model name chooses a group of
 * `model_list`; the group's strategy a deployment; its fallbacks what follows a failure.
 * https://docs.litellm.ai/docs/proxy/config_settings, …/docs/routing, …/docs/proxy/reliability, …/docs/proxy/tag_routing.
 *
 * @throws {ImportProblem} where it is none.
 */
export function importLitellm(source: Source, catalogue: Catalogue): ImportedPolicy {
  const root = Array.isArray(source.value) ? { path: '', value: { model_list: source.value } } : source;
  requireObject(root, 'A LiteLLM configuration');
  const draft = new PolicyDraft(catalogue);
  const settings = settingsOf(root);
  const groups = groupsOf(member(root, 'model_list'), settings, draft);
  leaveRestOfLitellm(root, draft);
  const made = new Map(groups.map((group) => [group.name, makeGroup(group, settings, draft)]));
  const nodes = new Map(groups.map(({ name }) => [name, withFallbacks(name, made, settings, draft)]));
  const entry = makeEntry(groups, nodes, settings, draft);
  const description =
    'Imported from a LiteLLM configuration. The model a client asks for chooses the group, as it did there: publish it under aliases with those names.';
  return draft.build('litellm', textOf(member(root, 'name')) ?? 'LiteLLM router', description, entry);
}

/** What follows when the group has failed, nearest first: the special fallbacks, then the general ones. */
function withFallbacks(
  name: string,
  made: Map<string, NodeId>,
  settings: RouterSettings,
  draft: PolicyDraft,
): NodeId {
  const own = made.get(name);
  if (own === undefined) throw new ImportProblem('model_list', `There is no group "${name}".`);
  const context = chainOf(settings.contextFallbacks, name, false);
  const content = chainOf(settings.contentFallbacks, name, false);
  const general = chainOf(settings.fallbacks, name, true);
  const named = general.length > 0 ? general : settings.defaultFallbacks;
  const special: readonly ListableErrorClass[] = [
    ...(context.length > 0 ? (['context_length'] as const) : []),
    ...(content.length > 0 ? (['content_filter'] as const) : []),
  ];
  const rest = anyError.filter((one) => !special.includes(one));
  const nodesOf = (chain: readonly Source[]) =>
    chain.map((one) => fallbackNode(one, made, draft)).filter((id) => id !== own);
  const small = sequence(draft, `${name}, too long`, [own, ...nodesOf(context)], ['context_length']);
  const clean = sequence(draft, `${name}, filtered`, [small, ...nodesOf(content)], ['content_filter']);
  return sequence(draft, `${name}, then`, [clean, ...nodesOf(named)], rest);
}

/** The fallbacks of a group and, where they too have some, theirs: LiteLLM goes on like that. */
function chainOf(lists: readonly Source[], name: string, onward: boolean): readonly Source[] {
  const found: Source[] = [];
  const seen = new Set([name]);
  const waiting = [name];
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    for (const one of lists.flatMap((list) => items(member(list, group ?? '')))) {
      const target = nameIn(one);
      if (target === null || seen.has(target)) continue;
      seen.add(target);
      found.push(one);
      if (onward) waiting.push(target);
    }
  }
  // A star stands for every group that has none of its own.
  return found.length > 0 ? found : lists.flatMap((list) => items(member(list, '*')));
}

/** A fallback is a group's name, or settings of a call with a model of its own. */
function nameIn(source: Source): string | null {
  return isObject(source.value) ? textOf(member(source, 'model')) : textOf(source);
}

function fallbackNode(source: Source, made: Map<string, NodeId>, draft: PolicyDraft): NodeId {
  const name = nameIn(source);
  if (name === null) throw new ImportProblem(source.path, 'A fallback must be the name of a model group.');
  for (const key of keysOf(source).filter((one) => one !== 'model'))
    draft.leave(
      `${source.path}.${key}`,
      'A fallback here changes nothing of the call.',
      'Set parameters on the model it leads to.',
    );
  const known = made.get(name);
  if (known !== undefined) return known;
  const [provider, ...rest] = name.split('/');
  const isQualified = rest.length > 0;
  const target = draft.target(
    isQualified ? rest.join('/') : name,
    isQualified ? (provider ?? null) : null,
    source.path,
  );
  draft.leave(
    source.path,
    `"${name}" is no group of the model list; it is called as a model.`,
    'See that it is the right one.',
  );
  const id = draft.add(name, modelNode(target, name, undefined, undefined, {}));
  made.set(name, id);
  return id;
}

function makeEntry(
  groups: readonly DeploymentGroup[],
  nodes: ReadonlyMap<string, NodeId>,
  settings: RouterSettings,
  draft: PolicyDraft,
): NodeId {
  const cases = groups.flatMap(({ name }, index) => {
    const to = nodes.get(name);
    if (to === undefined || name === '*') return [];
    return [{ id: `group-${index + 1}`, label: labelOf(name), when: asksFor(name, settings), to }];
  });
  const star = nodes.get('*');
  const [only] = cases;
  if (cases.length === 1 && only !== undefined && star === undefined) return only.to;
  const otherwise =
    star ??
    refusal(
      draft,
      'Unknown model',
      404,
      'model_unknown',
      'No model of this name is served here. Ask for one of those that are.',
    );
  if (cases.length === 0) return otherwise;
  return draft.add('model-asked-for', {
    kind: 'condition',
    label: 'Which model is asked for?',
    cases,
    else: otherwise,
  });
}

/** The names under which clients ask for a group: its own, a pattern's beginning, and aliases. */
function asksFor(name: string, { aliases }: RouterSettings): string {
  const names = [name, ...aliases.filter(({ group }) => group === name).map(({ alias }) => alias)];
  const whole = names.filter((one) => !one.includes('*'));
  const beginnings = names.filter((one) => one.includes('*')).map((one) => one.slice(0, one.indexOf('*')));
  const tests = [
    ...(whole.length === 1 ? [`request.model == ${JSON.stringify(whole[0])}`] : []),
    ...(whole.length > 1 ? [`request.model in [${whole.map((one) => JSON.stringify(one)).join(', ')}]`] : []),
    ...beginnings.map((one) => `request.model.startsWith(${JSON.stringify(one)})`),
  ];
  return tests.join(' || ');
}
