import type { PolicyDraft } from './policy-draft.ts';
import { isObject, members, type Source } from './source.ts';

const understood = new Set([
  'strategy',
  'targets',
  'provider',
  'virtual_key',
  'override_params',
  'weight',
  'name',
  'request_timeout',
  'id',
  'slug',
  'version',
  'api_key',
]);

const elsewhere: Readonly<Record<string, readonly [why: string, instead: string]>> = {
  retry: [
    'A policy calls a target once, and then what comes next in a fallback.',
    'Put the node into a fallback with another deployment behind it.',
  ],
  cache: [
    'Waybill keeps no answers, since it stores no text.',
    'Leave caching to the client; providers’ prompt caches are used and priced.',
  ],
  custom_host: ['Addresses belong to providers.', 'Add a provider with this address under Providers.'],
};

/** Tells the settings of a target that have no place in a policy. */
export function leaveRest(target: Source, draft: PolicyDraft): void {
  for (const one of members(target)) {
    if (understood.has(one.key) || (isObject(one.value) && Object.keys(one.value).length === 0)) continue;
    const known = Object.hasOwn(elsewhere, one.key) ? elsewhere[one.key] : undefined;
    const isGuard = /guardrail|_hooks$/.test(one.key);
    const [why, instead] =
      known ??
      (isGuard
        ? [
            'Guardrails are not part of a policy.',
            'For private data use a transform that takes it out, or a condition on request.pii.',
          ]
        : [
            `"${one.key}" has no counterpart in a policy.`,
            'See whether the provider’s settings or the client can do it.',
          ]);
    draft.leave(one.path, why, instead);
  }
}
