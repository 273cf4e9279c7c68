import type { NodeId } from '#engine/nodes/index.ts';
import { defaultErrorClasses } from '#engine/nodes/index.ts';
import type { Deployment, DeploymentGroup } from './litellm-deployments.ts';
import type { RouterSettings } from './litellm-settings.ts';
import { labelOf, type PolicyDraft } from './policy-draft.ts';
import { deadline, modelNode, sequence, splitOf } from './shared-nodes.ts';
import { textOf } from './source.ts';

/** A group: by tag where the router filters by tags, then by order, then by strategy. */
export function makeGroup(group: DeploymentGroup, settings: RouterSettings, draft: PolicyDraft): NodeId {
  const models = new Map(group.deployments.map((one) => [one, makeModel(one, draft)]));
  const context: Context = { name: group.name, settings, draft, models };
  const tags = settings.byTag ? tagsIn(group.deployments) : [];
  if (tags.length === 0) return byOrder(group.deployments, context);
  const untagged = group.deployments.filter(({ tags: own }) => own.length === 0 || own.includes('default'));
  const cases = tags.map((tag, index) => ({
    id: `tag-${index + 1}`,
    label: labelOf(tag),
    when: `${JSON.stringify(tag)} in caller.tags`,
    to: byOrder(
      group.deployments.filter(({ tags: own }) => own.includes(tag)),
      context,
    ),
  }));
  draft.leave(
    'router_settings.enable_tag_filtering',
    'Tags come with the key here, not with each request.',
    'Give keys these tags, or ask for request.metadata instead.',
  );
  // Without a default, LiteLLM takes any deployment for a request without tags.
  const otherwise = byOrder(untagged.length > 0 ? untagged : group.deployments, context);
  return draft.add(`${group.name} by tag`, {
    kind: 'condition',
    label: labelOf(`${group.name}: which tag?`),
    cases,
    else: otherwise,
  });
}

interface Context {
  readonly name: string;
  readonly settings: RouterSettings;
  readonly draft: PolicyDraft;
  readonly models: ReadonlyMap<Deployment, NodeId>;
}

function makeModel(one: Deployment, draft: PolicyDraft): NodeId {
  return draft.add(
    one.label,
    modelNode(one.target, one.label, one.totalMs, one.firstTokenMs, one.parameters),
  );
}

function tagsIn(deployments: readonly Deployment[]): readonly string[] {
  return [...new Set(deployments.flatMap(({ tags }) => tags))].filter((tag) => tag !== 'default');
}

/** Deployments of a lower `order` first; the others when all of those have failed. */
function byOrder(deployments: readonly Deployment[], context: Context): NodeId {
  const orders = [...new Set(deployments.map(({ order }) => order ?? Number.POSITIVE_INFINITY))].sort(
    (a, b) => a - b,
  );
  const tiers = orders.map((order) =>
    byStrategy(
      deployments.filter((one) => (one.order ?? Number.POSITIVE_INFINITY) === order),
      context,
    ),
  );
  return sequence(context.draft, `${context.name} by order`, tiers, defaultErrorClasses);
}

function byStrategy(deployments: readonly Deployment[], context: Context): NodeId {
  const [only] = deployments;
  if (deployments.length === 1 && only !== undefined) return context.models.get(only) ?? '';
  const strategy = textOf(context.settings.strategy) ?? 'simple-shuffle';
  const objective = Object.hasOwn(objectives, strategy) ? objectives[strategy] : undefined;
  if (objective !== undefined) return makePool(deployments, objective, strategy, context);
  if (strategy !== 'simple-shuffle') {
    context.draft.leave(
      context.settings.strategy.path,
      `There is no counterpart of the strategy "${strategy}".`,
      'Deployments are drawn by their weight, as simple-shuffle does; or use a pool.',
    );
  }
  return makeShuffle(deployments, context);
}

const objectives: Readonly<Record<string, 'cost' | 'latency'>> = {
  'latency-based-routing': 'latency',
  'least-busy': 'latency',
  'usage-based-routing': 'latency',
  'usage-based-routing-v2': 'latency',
  'cost-based-routing': 'cost',
};

/** A pool compares by measured figures. It counts no tokens a minute and no calls under way. */
function makePool(
  deployments: readonly Deployment[],
  objective: 'cost' | 'latency',
  strategy: string,
  { name, settings, draft }: Context,
): NodeId {
  if (/^(least-busy|usage)/.test(strategy)) {
    draft.leave(
      settings.strategy.path,
      `A pool does not choose by ${strategy === 'least-busy' ? 'calls under way' : 'tokens used in this minute'}: it takes the fastest, and of equals the less loaded of two.`,
      'Nothing, where spreading load is what it is for.',
    );
  }
  const own = deployments.filter((one) => Object.keys(one.parameters).length > 0);
  for (const one of own)
    draft.leave(
      `${one.path}.litellm_params`,
      'A pool sets parameters for all of its candidates alike.',
      'Put a transform before the pool.',
    );
  const longest = deadline(Math.max(...deployments.map(({ totalMs }) => totalMs ?? 0)));
  return draft.add(name, {
    kind: 'pool',
    label: labelOf(name),
    candidates: [...new Set(deployments.map(({ target }) => target))],
    require: [],
    regions: [],
    objective,
    context_margin: 0.1,
    attempts: Math.min(5, Math.max(1, settings.retries + 1)),
    on: [...defaultErrorClasses],
    affinity: false,
    ...(longest === undefined ? {} : { deadline_ms: longest }),
  });
}

/** Drawn by weight, else by requests or tokens a minute, else alike; a failure goes on to the others. */
function makeShuffle(deployments: readonly Deployment[], { name, settings, draft, models }: Context): NodeId {
  const weigh = (['weight', 'rpm', 'tpm'] as const).find((key) =>
    deployments.some((one) => one[key] !== null),
  );
  if (weigh === 'rpm' || weigh === 'tpm') {
    draft.leave(
      `${deployments[0]?.path ?? 'model_list'}.litellm_params.${weigh}`,
      `"${weigh}" is taken as the share of the traffic; it is no ceiling here.`,
      'Put a limit before a model that must not get more.',
    );
  }
  const ways = deployments.map((one, index) => {
    const others = [...deployments.slice(index + 1), ...deployments.slice(0, index)].slice(
      0,
      Math.max(0, settings.retries),
    );
    const tries = [one, ...others].flatMap((each) => models.get(each) ?? []);
    const to = sequence(draft, `${name} from ${index + 1}`, tries, defaultErrorClasses);
    return { name: one.label, weight: weigh === undefined ? 1 : (one[weigh] ?? 0), to };
  });
  const node =
    splitOf(name, ways) ??
    splitOf(
      name,
      ways.map((way) => ({ ...way, weight: 1 })),
    );
  if (node === null) throw new Error('A group has at least one deployment.');
  return draft.add(name, node);
}
