import { type RouterSettings, tagsOf } from './litellm-settings.ts';
import { ImportProblem } from './outcome.ts';
import type { PolicyDraft } from './policy-draft.ts';
import { deadline, type Parameters, parameterOf } from './shared-nodes.ts';
import { isThere, items, member, members, numberOf, requireObject, type Source, textOf } from './source.ts';

/** One way to call a group: a model at a provider. */
export interface Deployment {
  readonly path: string;
  readonly target: string;
  readonly label: string;
  readonly weight: number | null;
  readonly rpm: number | null;
  readonly tpm: number | null;
  /** Lower ones are tried first; `null` where none is told. */
  readonly order: number | null;
  readonly tags: readonly string[];
  readonly parameters: Parameters;
  readonly totalMs: number | undefined;
  readonly firstTokenMs: number | undefined;
}

export interface DeploymentGroup {
  readonly name: string;
  readonly deployments: readonly Deployment[];
}

/** The deployments of `model_list` by the name under which clients ask for them, in order. */
export function groupsOf(
  list: Source,
  settings: RouterSettings,
  draft: PolicyDraft,
): readonly DeploymentGroup[] {
  if (!Array.isArray(list.value) || list.value.length === 0)
    throw new ImportProblem(
      list.path,
      'A LiteLLM configuration has a "model_list" of deployments. This has none.',
    );
  const groups = new Map<string, Deployment[]>();
  for (const entry of items(list)) {
    requireObject(entry, 'A deployment');
    const name = textOf(member(entry, 'model_name'));
    if (name === null)
      throw new ImportProblem(member(entry, 'model_name').path, 'A deployment must have a "model_name".');
    const deployment = readDeployment(entry, settings, draft);
    if (deployment !== null) addTo(groups, name, deployment, draft);
  }
  if (groups.size === 0) throw new ImportProblem(list.path, 'None of the deployments answers chats.');
  return [...groups].map(([name, deployments]) => ({ name, deployments }));
}

/** The same model at the same provider twice is two keys of one target. */
function addTo(
  groups: Map<string, Deployment[]>,
  name: string,
  deployment: Deployment,
  draft: PolicyDraft,
): void {
  const group = groups.get(name) ?? [];
  groups.set(name, group);
  const twin = group.findIndex(
    (one) =>
      one.target === deployment.target &&
      one.tags.join() === deployment.tags.join() &&
      one.order === deployment.order,
  );
  const known = group[twin];
  if (known === undefined) {
    group.push(deployment);
    return;
  }
  draft.leave(
    deployment.path,
    `It is the same model at the same provider as ${known.path}: two keys or addresses of one target.`,
    'Give the provider both keys, or add its second address as a provider of its own and draw it.',
  );
  group[twin] = {
    ...known,
    weight: sum(known.weight, deployment.weight),
    rpm: sum(known.rpm, deployment.rpm),
    tpm: sum(known.tpm, deployment.tpm),
  };
}

function sum(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left + right;
}

function readDeployment(entry: Source, settings: RouterSettings, draft: PolicyDraft): Deployment | null {
  const parameters = member(entry, 'litellm_params');
  const info = member(entry, 'model_info');
  const mode = member(info, 'mode');
  if (isThere(mode) && !['chat', 'completion', 'responses'].includes(textOf(mode) ?? '')) {
    draft.leave(
      mode.path,
      `It serves ${textOf(mode)}, and policies route chats.`,
      'Clients ask for it by its target’s name.',
    );
    return null;
  }
  const model = member(parameters, 'model');
  const name = textOf(model);
  if (name === null)
    throw new ImportProblem(model.path, 'A deployment must name its model: "litellm_params.model".');
  leaveRest(parameters, draft);
  const number = (key: string) =>
    numberOf(isThere(member(parameters, key)) ? member(parameters, key) : member(entry, key));
  const seconds = (key: string) => {
    const value = number(key);
    return value === null ? undefined : deadline(value * 1_000);
  };
  return {
    path: entry.path,
    target: targetOf(name, parameters, info, draft),
    label: name,
    weight: number('weight'),
    rpm: number('rpm'),
    tpm: number('tpm'),
    order: number('order'),
    tags: tagsOf(parameters),
    parameters: callParameters(parameters),
    totalMs: seconds('timeout') ?? settings.totalMs,
    firstTokenMs: seconds('stream_timeout') ?? settings.firstTokenMs,
  };
}

/** `provider/model`; the name of an Azure deployment is anybody's, so its `base_model` counts. */
function targetOf(name: string, parameters: Source, info: Source, draft: PolicyDraft): string {
  const stated = textOf(member(parameters, 'custom_llm_provider'));
  const slash = name.indexOf('/');
  const provider = stated ?? (slash < 0 ? null : name.slice(0, slash));
  const bare =
    slash < 0 || (stated !== null && !name.startsWith(`${stated}/`)) ? name : name.slice(slash + 1);
  const base = member(info, 'base_model');
  const baseName = textOf(base);
  if (baseName !== null)
    return draft.target(
      baseName.slice(baseName.indexOf('/') + 1),
      provider ?? baseName.split('/')[0] ?? null,
      base.path,
    );
  const path = member(parameters, 'model').path;
  if (bare.includes('*')) return wildcardTarget(name, bare, provider, path, draft);
  return draft.target(bare, provider, path);
}

function wildcardTarget(
  name: string,
  bare: string,
  provider: string | null,
  path: string,
  draft: PolicyDraft,
): string {
  draft.leave(
    path,
    `"${name}" passes on whatever model the client names; a policy names its own.`,
    'Choose a model in this node, or let clients ask for targets by name.',
  );
  return draft.target(`choose-a-model${bare.replace(/\*/g, '')}`, provider, path);
}

function callParameters(parameters: Source): Parameters {
  return Object.assign({}, ...members(parameters).map((one) => parameterOf(one.key, one)));
}

const understood = new Set([
  'model',
  'weight',
  'rpm',
  'tpm',
  'order',
  'tags',
  'timeout',
  'stream_timeout',
  'custom_llm_provider',
]);
/** Whose keys and where: never shown, and known to the provider's settings. */
const ofProvider =
  /^(api_key|api_base|base_url|api_version|organization|aws_|azure_|vertex_|gcs_|client_|tenant_|region_name|watsonx|extra_headers|litellm_credential_name|use_in_pass_through|headers)/;

function leaveRest(parameters: Source, draft: PolicyDraft): void {
  for (const one of members(parameters)) {
    if (understood.has(one.key) || parameterOf(one.key, one) !== null) continue;
    if (ofProvider.test(one.key)) {
      if (/^(api_base|base_url)$/.test(one.key))
        draft.leave(
          one.path,
          'Addresses and keys belong to providers.',
          'See that the provider stands under Providers with this address.',
        );
      continue;
    }
    const isRetry = one.key === 'max_retries' || one.key === 'num_retries';
    draft.leave(
      one.path,
      isRetry
        ? 'A target is called once, and then what comes next in a fallback.'
        : `"${one.key}" has no counterpart in a policy.`,
      isRetry
        ? 'Put another deployment behind it in a fallback.'
        : 'Let the client send it, or see the provider’s settings.',
    );
  }
}
