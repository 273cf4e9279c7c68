import type { Catalogue, CatalogueModel } from '../../catalogue/index.ts';

/**
 * Whether two targets count tokens alike: by their tokenizers where both are known, else by the family of models, else
 * by the provider.
 */
export function countsAlike(left: string, right: string, catalogue: Catalogue): boolean {
  if (left === right) return true;
  const [a, b] = [catalogue.find(left), catalogue.find(right)];
  if (a === undefined || b === undefined) return providerOf(left) === providerOf(right);
  if (a.tokenizer !== null && b.tokenizer !== null) return a.tokenizer === b.tokenizer;
  if (hasFamily(a) && hasFamily(b)) return a.family === b.family;
  return a.provider === b.provider;
}

function hasFamily(model: CatalogueModel): boolean {
  return model.family !== 'unknown';
}

function providerOf(target: string): string {
  return target.slice(0, target.indexOf('/'));
}
