import type { Dialect } from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import { UpstreamFailure } from '../providers/provider.ts';

/** What a provider says about a model: the dialects that reach it. */
type Spoken = readonly Dialect[];

/**
 * Throws where a target cannot make embeddings: its provider does not speak them, or the catalogue knows the model as one
 * that does other things. Names some that can, as far as the catalogue knows any that are served here.
 */
export function checkEmbedding(
  target: string,
  spoken: Spoken,
  { catalogue, providers }: Pick<Context, 'catalogue' | 'providers'>,
): void {
  const known = catalogue.find(target)?.dialects ?? [];
  const makesThem = known.length === 0 || known.includes('openai-embeddings');
  if (makesThem && spoken.includes('openai-embeddings')) return;
  const others = [...catalogue.models.values()]
    .filter(
      ({ id, dialects }) => dialects.includes('openai-embeddings') && providers.providerFor(id) !== undefined,
    )
    .map(({ id }) => id);
  const instead =
    others.length === 0
      ? 'Choose a model that does, such as openai/text-embedding-3-small with a key of OpenAI’s.'
      : `Choose ${others.slice(0, mostNamed).join(', ')}.`;
  throw new UpstreamFailure('invalid_request', `${target} makes no embeddings. ${instead}`);
}

const mostNamed = 5;
