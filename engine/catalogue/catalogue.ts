import { editDistance } from '../nearest.ts';
import { type CatalogueFile, modelsIn } from './catalogue-file.ts';
import { matchesGlob } from './glob.ts';
import { CatalogueModel } from './model.ts';

/** The known models by target id. */
export interface Catalogue {
  readonly models: ReadonlyMap<string, CatalogueModel>;
  /** The model of a target id or one of its aliases. */
  find(id: string): CatalogueModel | undefined;
  /**
   * Models whose id fits a glob (`google/*`, `openai/gpt-*`), or the one an id or alias names; in order. Embedding models
   * are among them only where nothing else fits: `openai/*` means what answers.
   */
  match(pattern: string): readonly CatalogueModel[];
  /** Up to three known ids close to an unknown one, the closest first: for error messages. */
  suggest(id: string): readonly string[];
}

export function findModel(catalogue: Catalogue, id: string): CatalogueModel | undefined {
  return catalogue.find(id);
}

/** A catalogue of these models; of two with one id the later counts. */
export function makeCatalogue(list: Iterable<CatalogueModel>): Catalogue {
  const models = new Map([...list].map((model) => [model.id, model]));
  const aliases = new Map(
    [...models.values()].flatMap((model) => model.aliases.map((alias) => [alias, model])),
  );
  const find = (id: string) => models.get(id) ?? aliases.get(id);
  return {
    models,
    find,
    match: (pattern) => {
      if (pattern.includes('*')) {
        const fits = [...models.values()].filter(({ id }) => matchesGlob(pattern, id));
        const talking = fits.filter(({ modalities }) => modalities.output.includes('text'));
        return talking.length > 0 ? talking : fits;
      }
      const named = find(pattern);
      return named === undefined ? [] : [named];
    },
    suggest: (id) => nearest(id, [...models.keys(), ...aliases.keys()]),
  };
}

/** A new catalogue with these models added, or put in the place of those with the same id. */
export function withModels(catalogue: Catalogue, extra: Iterable<CatalogueModel>): Catalogue {
  return makeCatalogue([...catalogue.models.values(), ...extra]);
}

export function loadCatalogue(file: CatalogueFile): Catalogue {
  const priceDates = file.sources.map(({ date }) => date);
  return makeCatalogue(
    modelsIn(file).map(({ id, dialects, entry }) => {
      const { input, output, price, priceSource, quality, tokensPerSecond, ...rest } = entry;
      return CatalogueModel.parse({
        ...rest,
        id,
        dialects,
        modalities: { input: input ?? ['text'], output: output ?? ['text'] },
        quality: quality === undefined ? null : { index: quality, source: file.figures },
        speed:
          tokensPerSecond === undefined
            ? null
            : { tokensPerSecond, firstTokenMs: null, source: file.figures },
        priceDate: price === undefined ? null : (priceDates[priceSource] ?? null),
      });
    }),
  );
}

/**
 * A name without its provider is compared with the names alone. More than a third wrong is no likeness. Of
 * equally near ids the catalogue's order decides: a model's own vendor comes before its hosts.
 */
function nearest(id: string, known: readonly string[]): readonly string[] {
  const wanted = id.toLowerCase();
  const bare = !id.includes('/');
  return known
    .map((candidate) => {
      const compared = bare ? candidate.slice(candidate.indexOf('/') + 1) : candidate;
      return { candidate, distance: editDistance(wanted, compared.toLowerCase()) };
    })
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(id.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
