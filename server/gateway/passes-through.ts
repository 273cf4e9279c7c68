import type { Dialect } from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import { dialectsFor, UpstreamFailure } from '../providers/provider.ts';

/** Dialects that a provider speaks for some of its models only: what the catalogue knows of a model decides. */
const byModel: ReadonlySet<Dialect> = new Set(['openai-embeddings', 'openai-completions']);

/** Whether a request of this dialect reaches a target as it is; `spoken` are its provider's dialects. */
export function passesThrough(
  dialect: Dialect,
  target: string,
  spoken: readonly Dialect[],
  { catalogue }: Pick<Context, 'catalogue'>,
): boolean {
  if (!spoken.includes(dialect)) return false;
  if (!byModel.has(dialect)) return true;
  const known = catalogue.find(target)?.dialects ?? [];
  return known.length === 0 || known.includes(dialect);
}

/**
 * Why a target cannot serve a dialect that has no translation: nobody can make embeddings of a chat. Names targets that
 * can, as far as the catalogue knows any that are served here.
 */
export function cannotEmbed(
  target: string,
  { catalogue, providers }: Pick<Context, 'catalogue' | 'providers'>,
): UpstreamFailure {
  const others = [...catalogue.models.values()].flatMap(({ id, dialects }) => {
    if (!dialects.includes('openai-embeddings')) return [];
    const served = providers.providerFor(id);
    const spoken = served === undefined ? [] : dialectsFor(served.provider, served.model);
    return spoken.includes('openai-embeddings') ? [id] : [];
  });
  const instead =
    others.length === 0
      ? 'Choose a model that does, such as openai/text-embedding-3-small with a key of OpenAI’s.'
      : `Choose ${others.slice(0, mostNamed).join(', ')}.`;
  return new UpstreamFailure('invalid_request', `${target} makes no embeddings. ${instead}`);
}

const mostNamed = 5;
