import type { NodeId } from '#engine/nodes/index.ts';
import { providerWithin } from './match-model.ts';
import type { PolicyDraft } from './policy-draft.ts';
import { deadline, modelNode, type Parameters, parameterOf } from './shared-nodes.ts';
import { member, members, numberOf, type Source, textOf } from './source.ts';

/** What a target takes from those around it: the nearer setting wins. */
export interface Inherited {
  readonly provider: string | null;
  readonly model: { readonly name: string; readonly path: string } | null;
  readonly parameters: Parameters;
  readonly totalMs: number | undefined;
}

export const outermost: Inherited = { provider: null, model: null, parameters: {}, totalMs: undefined };
/** A target's own settings over those of the targets around it; what a policy cannot set is told. */
export function inherit(target: Source, above: Inherited, draft: PolicyDraft): Inherited {
  const overrides = member(target, 'override_params');
  let { parameters, model } = above;
  for (const one of members(overrides)) {
    const text = textOf(one);
    if (one.key === 'model' && text !== null) {
      model = { name: text, path: one.path };
      continue;
    }
    const read = parameterOf(one.key, one);
    if (read === null) {
      draft.leave(one.path, `A policy cannot set "${one.key}" for a call.`, 'Let the client send it.');
    } else parameters = { ...parameters, ...read };
  }
  const totalMs = deadline(numberOf(member(target, 'request_timeout'))) ?? above.totalMs;
  return { provider: providerOf(target, draft) ?? above.provider, model, parameters, totalMs };
}

/** `provider` is a vendor, or `@slug` of a credential, which mostly is named after its vendor. */
function providerOf(target: Source, draft: PolicyDraft): string | null {
  const stated = member(target, 'provider');
  const name = textOf(stated);
  if (name !== null && !name.startsWith('@')) return name;
  const credential = name === null ? member(target, 'virtual_key') : stated;
  const slug = textOf(credential)?.replace(/^@/, '');
  if (slug === undefined) return null;
  const found = providerWithin(slug, draft.catalogue);
  draft.leave(
    credential.path,
    found === null
      ? `"${slug}" names a credential, which does not say whose it is.`
      : `"${slug}" names a credential; it is taken for one of ${found}.`,
    'Give the provider its key under Providers, and see that the models below are the right ones.',
  );
  return found;
}

/** The model that a target without targets calls. */
export function readModel(target: Source, settings: Inherited, draft: PolicyDraft): NodeId {
  const label = textOf(member(target, 'name'));
  const { model, provider, parameters, totalMs } = settings;
  // `@slug/model` names credential and model at once.
  const [, credential, bare] = /^@([^/]+)\/(.+)$/.exec(model?.name ?? '') ?? [];
  const own = credential === undefined ? provider : (providerWithin(credential, draft.catalogue) ?? provider);
  const name = bare ?? model?.name;
  if (name === undefined || model === null) {
    const place = `${own ?? 'unknown'}/choose-a-model`;
    draft.leave(
      target.path,
      'The target names no model: Portkey passes on the one that the client asks for, and a policy names its own.',
      'Choose a model in this node.',
    );
    return draft.add(
      label ?? own ?? 'model',
      modelNode(
        providerSafe(place),
        label ?? `Choose a model (${own ?? 'any'})`,
        totalMs,
        undefined,
        parameters,
      ),
    );
  }
  const found = draft.target(name, own, model.path);
  return draft.add(label ?? name, modelNode(found, label ?? name, totalMs, undefined, parameters));
}

function providerSafe(target: string): string {
  return target
    .toLowerCase()
    .replace(/[^a-z0-9/_-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
}
