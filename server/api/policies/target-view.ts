import { type Catalogue, type PriceBook, priceOf } from '#engine/catalogue/index.ts';
import type { TargetView } from '#engine/policy/index.ts';
import type { ProviderDirectory } from '../../providers/provider.ts';

/** What the checker knows about targets here: the catalogue, the prices, and who can be called. */
export function makeTargetView({
  catalogue,
  priceBook,
  providers,
}: {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  readonly providers: ProviderDirectory;
}): TargetView {
  return {
    stateOf: (target) => {
      if (providers.providerFor(target) === undefined) {
        return catalogue.find(target) === undefined ? 'unknown' : 'unreachable';
      }
      return priceOf(priceBook, target) === undefined ? 'unpriced' : 'known';
    },
    suggest: (target) => catalogue.suggest(target)[0],
    match: (pattern) => catalogue.match(pattern).map(({ id }) => id),
  };
}
