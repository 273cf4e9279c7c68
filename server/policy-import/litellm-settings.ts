import type { PolicyDraft } from './policy-draft.ts';
import { deadline } from './shared-nodes.ts';
import {
  isObject,
  isThere,
  items,
  member,
  members,
  numberOf,
  type Source,
  textOf,
  textsOf,
} from './source.ts';

export interface RouterSettings {
  readonly strategy: Source;
  readonly retries: number;
  readonly totalMs: number | undefined;
  readonly firstTokenMs: number | undefined;
  readonly byTag: boolean;
  readonly aliases: readonly { readonly alias: string; readonly group: string }[];
  /** Lists of `{ group: [names] }`. */
  readonly fallbacks: readonly Source[];
  readonly contextFallbacks: readonly Source[];
  readonly contentFallbacks: readonly Source[];
  readonly defaultFallbacks: readonly Source[];
}

const rooms = ['router_settings', 'litellm_settings'] as const;

/** A setting, from `router_settings`, `litellm_settings` or, as the Router's own arguments, from the top. */
function setting(root: Source, name: string): Source {
  const places = [...rooms.map((room) => member(member(root, room), name)), member(root, name)];
  return places.find(isThere) ?? member(member(root, 'router_settings'), name);
}

/** What a configuration says about choosing, trying again and falling back. Durations there are in seconds. */
export function settingsOf(root: Source): RouterSettings {
  const listed = (name: string) =>
    [...rooms.map((room) => member(member(root, room), name)), member(root, name)].flatMap(items);
  const timeout = numberOf(setting(root, 'timeout')) ?? numberOf(setting(root, 'request_timeout'));
  const firstToken = numberOf(setting(root, 'stream_timeout'));
  return {
    strategy: setting(root, 'routing_strategy'),
    // The router's own default.
    retries: numberOf(setting(root, 'num_retries')) ?? 2,
    totalMs: deadline(timeout === null ? null : timeout * 1_000),
    firstTokenMs: deadline(firstToken === null ? null : firstToken * 1_000),
    byTag: setting(root, 'enable_tag_filtering').value === true,
    aliases: members(setting(root, 'model_group_alias')).flatMap((one) => {
      const group = isObject(one.value) ? textOf(member(one, 'model')) : textOf(one);
      return group === null ? [] : [{ alias: one.key, group }];
    }),
    fallbacks: listed('fallbacks'),
    contextFallbacks: listed('context_window_fallbacks'),
    contentFallbacks: listed('content_policy_fallbacks'),
    defaultFallbacks: listed('default_fallbacks'),
  };
}

const understood = new Set([
  'routing_strategy',
  'num_retries',
  'timeout',
  'request_timeout',
  'stream_timeout',
  'enable_tag_filtering',
  'model_group_alias',
  'fallbacks',
  'context_window_fallbacks',
  'content_policy_fallbacks',
  'default_fallbacks',
  'model_list',
  'name',
]);

const breakers = [
  'Circuit breakers work by themselves, the same for all targets.',
  'Nothing; see Health for what they do.',
] as const;

const elsewhere: Readonly<Record<string, readonly [why: string, instead: string]>> = {
  allowed_fails: breakers,
  cooldown_time: breakers,
  disable_cooldowns: breakers,
  allowed_fails_policy: breakers,
  retry_policy: [
    'How often is tried again is not told by class of error.',
    'In a fallback, choose the errors after which it moves on.',
  ],
  model_group_retry_policy: [
    'How often is tried again is not told by class of error.',
    'In a fallback, choose the errors after which it moves on.',
  ],
  enable_pre_call_checks: [
    'A pool leaves out models without room for the request; a split does not look.',
    'Use a pool, or a condition on request.input_tokens.',
  ],
  tag_filtering_match_any: [
    'Each tag is a case of its own; the first that fits decides.',
    'Change the conditions where a request must have all tags.',
  ],
  routing_strategy_args: ['A pool measures by itself, with no settings for it.', 'Nothing.'],
  max_fallbacks: ['A fallback tries everything it lists.', 'Take tries out of the fallback.'],
  cache: [
    'Waybill keeps no answers, since it stores no text.',
    'Leave caching to the client; providers’ prompt caches are used and priced.',
  ],
  cache_params: [
    'Waybill keeps no answers, since it stores no text.',
    'Leave caching to the client; providers’ prompt caches are used and priced.',
  ],
  max_budget: ['Budgets belong to teams and keys, not to a policy.', 'Make a budget for the team.'],
  budget_duration: ['Budgets belong to teams and keys, not to a policy.', 'Make a budget for the team.'],
  provider_budget_config: [
    'A policy does not count what a provider has cost.',
    'Use a limit in US dollars before its models.',
  ],
  max_parallel_requests: [
    'Calls at the same time are not limited by a policy.',
    'Use a limit on requests a minute.',
  ],
  guardrails: [
    'Guardrails are not part of a policy.',
    'For private data use a transform that takes it out, or a condition on request.pii.',
  ],
  drop_params: ['What a model does not take is left out and named in x-waybill-dropped, always.', 'Nothing.'],
};

/** Settings of routing that do not come across one by one; those of the proxy's own running in one line a section. */
export function leaveRestOfLitellm(root: Source, draft: PolicyDraft): void {
  const router = member(root, 'router_settings');
  const inside = [...members(router), ...members(member(root, 'litellm_settings')), ...members(root)];
  for (const one of inside) {
    if (understood.has(one.key)) continue;
    const known = Object.hasOwn(elsewhere, one.key) ? elsewhere[one.key] : undefined;
    if (known !== undefined) draft.leave(one.path, ...known);
    else if (
      one.path.startsWith('router_settings.') &&
      !/^redis|^cache|^polling|^debug|verbose/.test(one.key)
    )
      draft.leave(
        one.path,
        `"${one.key}" has no counterpart in a policy.`,
        'See whether a node can do what it is for.',
      );
  }
  const sections = members(root).filter(({ key }) =>
    /^(general_settings|environment_variables|callback_settings|guardrails|mcp_servers|vector_store_registry)$/.test(
      key,
    ),
  );
  for (const { key, path } of sections)
    if (key !== 'guardrails')
      draft.leave(
        path,
        'What is said here of keys, logs and callbacks is no matter of a policy.',
        'Keys, teams and budgets have their own pages.',
      );
}

/** The deployments' tags, without the one that means “no tag”. */
export function tagsOf(parameters: Source): readonly string[] {
  return textsOf(member(parameters, 'tags'));
}
