import type { Catalogue } from '#engine/catalogue/index.ts';
import type { NamedModel } from './outcome.ts';

/** Other gateways' names of providers → ours. A name that is not here is its own. */
const providerNames: Readonly<Record<string, string>> = {
  'azure-openai': 'azure',
  azure_ai: 'azure',
  'azure-ai': 'azure',
  gemini: 'google',
  'google-ai-studio': 'google',
  vertex_ai: 'vertex',
  'vertex-ai': 'vertex',
  'google-vertex-ai': 'vertex',
  'aws-bedrock': 'bedrock',
  'mistral-ai': 'mistral',
  together_ai: 'together',
  'together-ai': 'together',
  fireworks_ai: 'fireworks',
  'fireworks-ai': 'fireworks',
  'x-ai': 'xai',
  grok: 'xai',
  cohere_chat: 'cohere',
  text_completion_openai: 'openai',
  'text-completion-openai': 'openai',
};

export function providerNamed(name: string): string {
  const bare = name.trim().toLowerCase().replace(/^@/, '');
  return Object.hasOwn(providerNames, bare) ? (providerNames[bare] ?? bare) : slugOf(bare);
}

/** A provider that a credential's name begins with or holds (`openai-prod`, `my-azure-openai-key`); `null` where none. */
export function providerWithin(name: string, catalogue: Catalogue): string | null {
  const words = `-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`;
  const known = new Set([...catalogue.models.keys()].map((id) => id.split('/')[0] ?? ''));
  const names = [...Object.keys(providerNames), ...known].sort((left, right) => right.length - left.length);
  const found = names.find((one) => words.includes(`-${one.replace(/_/g, '-')}-`));
  return found === undefined ? null : providerNamed(found);
}

/**
 * The target that a model's name stands for: the catalogue's own, else the longest known name that the name begins with
 * or holds between separators (`gpt-4o-2024-11-20`, a deployment `prod-gpt-4o-eu`), else the name as it is.
 */
export function matchModel(
  name: string,
  provider: string | null,
  catalogue: Catalogue,
): Pick<NamedModel, 'target' | 'how'> {
  const own = provider === null ? null : providerNamed(provider);
  const exact =
    own === null ? (catalogue.find(name) ?? byBareName(name, catalogue)) : catalogue.find(`${own}/${name}`);
  if (exact !== undefined) return { target: exact.id, how: 'exact' };
  const likely = longestWithin(name, own, catalogue);
  if (likely !== undefined) return { target: likely, how: 'likely' };
  return { target: `${own ?? 'unknown'}/${modelSlug(name)}`, how: 'unknown' };
}

/** Vendors come before their hosts in the catalogue's order. */
function byBareName(name: string, catalogue: Catalogue): { readonly id: string } | undefined {
  for (const model of catalogue.models.values()) if (bareOf(model.id) === name) return model;
  return undefined;
}

function longestWithin(name: string, provider: string | null, catalogue: Catalogue): string | undefined {
  const wanted = separated(name);
  let best: { readonly id: string; readonly length: number } | undefined;
  for (const { id } of catalogue.models.values()) {
    if (provider !== null && !id.startsWith(`${provider}/`)) continue;
    const bare = separated(bareOf(id));
    // Names of a few letters are in too many others.
    if (bare.length < 6 || bare.length <= (best?.length ?? 0) || !wanted.includes(bare)) continue;
    best = { id, length: bare.length };
  }
  return best?.id;
}

function bareOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function separated(name: string): string {
  return `-${name.toLowerCase().replace(/[^a-z0-9.]+/g, '-')}-`;
}

function slugOf(name: string): string {
  return name.replace(/[^a-z0-9_-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '') || 'unknown';
}

function modelSlug(name: string): string {
  return name.replace(/[^A-Za-z0-9._:@/-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'unnamed';
}
