import type { Catalogue } from '#engine/catalogue/index.ts';
import type { NodeId } from '#engine/nodes/index.ts';
import { readLimit } from './cloudflare-limit.ts';
import { type ImportedPolicy, ImportProblem } from './outcome.ts';
import { labelOf, PolicyDraft } from './policy-draft.ts';
import { queryToCel } from './query-to-cel.ts';
import { anyError, deadline, modelNode, refusal, sequence, splitOf } from './shared-nodes.ts';
import { firstMember, isThere, items, keysOf, member, numberOf, type Source, textOf } from './source.ts';

interface Route {
  readonly draft: PolicyDraft;
  readonly elements: ReadonlyMap<string, Source>;
  readonly made: Map<string, NodeId>;
  /** Elements on the way here, so that a circle is seen. */
  readonly trail: readonly string[];
}

/**
 * A dynamic route of Cloudflare's AI Gateway: `{ name, elements: [{ id, type, properties, outputs }] }`, with `type` one of
 * start, conditional, percentage, rate (or rate_limit), model, end.
 * https://developers.cloudflare.com/ai-gateway/features/dynamic-routing/json-configuration/
 *
 * @throws {ImportProblem} where it is none.
 */
export function importCloudflare(source: Source, catalogue: Catalogue): ImportedPolicy {
  const route = routeIn(source);
  const list = items(Array.isArray(route.value) ? route : member(route, 'elements'));
  if (list.length === 0)
    throw new ImportProblem(route.path, 'A dynamic route has a list of "elements". This has none.');
  const elements = new Map(list.map((one) => [textOf(member(one, 'id')) ?? '', one]));
  const start = list.find((one) => typeOf(one) === 'start');
  if (start === undefined) throw new ImportProblem(route.path, 'The route has no element of type "start".');
  const draft = new PolicyDraft(catalogue);
  const entry = follow(outputOf(start, 'next'), { draft, elements, made: new Map(), trail: [] });
  if (entry === null)
    throw new ImportProblem(start.path, 'The start leads to no element that does anything.');
  const name = textOf(member(route, 'name')) ?? 'Dynamic route';
  return draft.build('cloudflare', name, 'Imported from a dynamic route of Cloudflare’s AI Gateway.', entry);
}

/** Answers of the API hold the route under `result` or `route`, and versions its elements as text. */
function routeIn(source: Source): Source {
  const inner = [member(source, 'result'), member(source, 'route')].find(isThere);
  if (inner !== undefined) return routeIn(inner);
  const data = member(member(source, 'version'), 'data');
  if (isThere(member(source, 'elements')) || typeof data.value !== 'string') return source;
  try {
    const value: unknown = JSON.parse(data.value);
    return { path: data.path, value };
  } catch {
    throw new ImportProblem(data.path, 'The route stands here as a text that is not JSON.');
  }
}

function typeOf(element: Source): string {
  return textOf(member(element, 'type')) ?? '';
}

function outputOf(element: Source, name: string): Source {
  const output = member(member(element, 'outputs'), name);
  const id = member(output, 'elementId');
  return isThere(id) ? id : firstMember(output, 'element_id');
}

/** The node an output leads to; `null` where the route ends there. */
function follow(output: Source, route: Route): NodeId | null {
  const id = textOf(output);
  if (id === null) return null;
  const element = route.elements.get(id);
  if (element === undefined) throw new ImportProblem(output.path, `There is no element "${id}".`);
  if (route.trail.includes(id))
    throw new ImportProblem(output.path, `The route leads back to "${id}". A policy has no circles.`);
  const known = route.made.get(id);
  if (known !== undefined) return known;
  const made = make(element, id, { ...route, trail: [...route.trail, id] });
  if (made !== null) route.made.set(id, made);
  return made;
}

function make(element: Source, id: string, route: Route): NodeId | null {
  switch (typeOf(element)) {
    case 'end':
      return null;
    case 'start':
      return follow(outputOf(element, 'next'), route);
    case 'model':
      return makeModel(element, route);
    case 'conditional':
      return makeCondition(element, id, route);
    case 'percentage':
      return makeSplit(element, id, route);
    case 'rate':
    case 'rate_limit':
    case 'budget_limit':
      return makeLimit(element, id, route);
    default:
      throw new ImportProblem(
        member(element, 'type').path,
        `There is no element of type "${typeOf(element)}". There are start, conditional, percentage, rate, model and end.`,
      );
  }
}

/** An end without an answer is an error to the client; so it is here. */
function nothing({ draft, made }: Route): NodeId {
  const known = made.get('');
  if (known !== undefined) return known;
  const id = refusal(draft, 'No model', 503, 'route_ended', 'The route ends here without a model.');
  made.set('', id);
  return id;
}

function makeModel(element: Source, route: Route): NodeId {
  const { draft } = route;
  const properties = member(element, 'properties');
  const model = member(properties, 'model');
  const name = textOf(model);
  if (name === null) throw new ImportProblem(model.path, 'A model element must name its "model".');
  const target = draft.target(name, textOf(member(properties, 'provider')), model.path);
  const totalMs = deadline(numberOf(member(properties, 'timeout')));
  const retries = member(properties, 'retries');
  if ((numberOf(retries) ?? 0) > 0) {
    draft.leave(
      retries.path,
      'A policy calls a target once, and then what comes next in a fallback.',
      'Put another deployment of the model behind it in the fallback.',
    );
  }
  const success = outputOf(element, 'success');
  const after = route.elements.get(textOf(success) ?? '');
  if (after !== undefined && typeOf(after) !== 'end') {
    draft.leave(
      success.path,
      'An answer ends the way of a request, so nothing follows it.',
      'Draw what should happen before the call.',
    );
  }
  const own = draft.add(name, modelNode(target, name, totalMs, undefined, {}));
  const next = follow(outputOf(element, 'fallback'), route);
  return next === null ? own : sequence(draft, `${name}, then`, [own, next], anyError);
}

function makeCondition(element: Source, id: string, route: Route): NodeId {
  const query = firstMember(member(element, 'properties'), 'conditions', 'condition');
  const cel = queryToCel(query);
  const [yes, no] = ['true', 'false'].map((name) => follow(outputOf(element, name), route) ?? nothing(route));
  const otherwise = no ?? nothing(route);
  if (cel.kind === 'no') {
    route.draft.leave(
      cel.path,
      `The condition cannot be asked here: ${cel.why}`,
      'Ask it by another signal, or send what it needs as metadata. Until then every request takes the way of “false”.',
    );
    return otherwise;
  }
  return route.draft.add(nameOf(element, id), {
    kind: 'condition',
    label: labelOf(nameOf(element, id)),
    cases: [{ id: 'yes', label: 'true', when: cel.text, to: yes ?? otherwise }],
    else: otherwise,
  });
}

/** `10%` is a tenth; `else` takes what is left of a hundred. */
function makeSplit(element: Source, id: string, route: Route): NodeId {
  const outputs = member(element, 'outputs');
  const stated = keysOf(outputs).filter((name) => name !== 'else');
  const weights = stated.map((name) => Number.parseFloat(name));
  const bad = stated.find((_, index) => !((weights[index] ?? Number.NaN) >= 0));
  if (bad !== undefined)
    throw new ImportProblem(
      member(outputs, bad).path,
      `An output of a percentage is named like "10%", not "${bad}".`,
    );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ways = stated.map((name, index) => ({
    name,
    weight: weights[index] ?? 0,
    to: follow(outputOf(element, name), route) ?? nothing(route),
  }));
  if (total < 100 && isThere(member(outputs, 'else'))) {
    const to = follow(outputOf(element, 'else'), route) ?? nothing(route);
    ways.push({ name: 'else', weight: 100 - total, to });
  } else if (Math.abs(total - 100) > 0.01) {
    route.draft.leave(
      outputs.path,
      `The percentages add up to ${total}, not 100.`,
      'They are taken as shares of their sum; correct them in the split.',
    );
  }
  const node = splitOf(nameOf(element, id), ways);
  if (node === null)
    throw new ImportProblem(outputs.path, 'A percentage needs at least one output above 0 %.');
  return route.draft.add(nameOf(element, id), node);
}

function makeLimit(element: Source, id: string, route: Route): NodeId {
  const within = follow(outputOf(element, 'success'), route) ?? nothing(route);
  const fallback = outputOf(element, 'fallback');
  const isEnd = typeOf(route.elements.get(textOf(fallback) ?? '') ?? { path: '', value: null }) === 'end';
  const over =
    (isEnd ? null : follow(fallback, route)) ??
    refusal(
      route.draft,
      'Over the limit',
      429,
      'limit_reached',
      'The limit of this route is reached. Try again later.',
    );
  const settings = readLimit(member(element, 'properties'), route.draft);
  const name = nameOf(element, id);
  return route.draft.add(name, { kind: 'limit', label: labelOf(name), ...settings, within, over });
}

/** Elements made by the editor have ids for machines; those are not shown. */
function nameOf(element: Source, id: string): string {
  const name = textOf(member(element, 'name'));
  if (name !== null) return name;
  const isReadable = /^[a-zA-Z][a-zA-Z _-]{2,40}$/.test(id) || /^[a-z]+(?:[_-][a-z0-9]+){0,5}$/.test(id);
  const isMachine = /[0-9a-f]{8}/.test(id);
  return isReadable && !isMachine ? id : (titles[typeOf(element)] ?? 'Step');
}

const titles: Readonly<Record<string, string>> = {
  conditional: 'Condition',
  percentage: 'Percentage',
  rate: 'Limit',
  rate_limit: 'Limit',
  budget_limit: 'Budget',
};
