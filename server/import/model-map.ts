import type { Catalogue } from '#engine/catalogue/index.ts';
import { targetPattern } from '#engine/nodes/index.ts';

/** Which target a model's name in a foreign log stands for. */
export interface ModelMap {
  readonly named: ReadonlyMap<string, string>;
  /** For rows without a model; `null` leaves them without a target. */
  readonly otherwise: string | null;
  readonly catalogue: Catalogue;
}

/**
 * The target of a row. What was mapped counts first; then a name that the catalogue knows, with or without its provider;
 * any other name is kept as `unmapped/<name>`, which has no price. Empty where nothing says which model it was.
 */
export function targetOf(model: string | null, provider: string | null, map: ModelMap): string {
  if (model === null) return map.otherwise ?? '';
  const mapped = map.named.get(model);
  if (mapped !== undefined) return mapped;
  const withProvider = provider === null ? model : `${provider}/${model}`;
  const known = map.catalogue.find(withProvider) ?? map.catalogue.find(model);
  return known?.id ?? map.otherwise ?? `unmapped/${slugOf(model)}`;
}

function slugOf(model: string): string {
  return model.replace(/[^A-Za-z0-9._:@/-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'unnamed';
}

export type ParsedMap =
  | { readonly kind: 'ok'; readonly named: ReadonlyMap<string, string> }
  | { readonly kind: 'bad'; readonly message: string };

/** Reads `name=provider/model,…`, as the command line has it. */
export function parseModelMap(text: string): ParsedMap {
  const named = new Map<string, string>();
  for (const pair of text.split(',').filter((one) => one.trim() !== '')) {
    const equals = pair.indexOf('=');
    const [name, target] = [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
    if (equals < 1 || !targetPattern.test(target)) {
      return {
        kind: 'bad',
        message: `"${pair.trim()}" must be name=provider/model, such as m-small=openai/gpt-5-mini.`,
      };
    }
    named.set(name, target);
  }
  return { kind: 'ok', named };
}
