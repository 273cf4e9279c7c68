import { type Catalogue, defaultCatalogue } from '#engine/catalogue/index.ts';
import { importCloudflare } from './cloudflare.ts';
import { importLitellm } from './litellm.ts';
import { type ImportedPolicy, ImportProblem, type PolicyFormatName, type PolicyImport } from './outcome.ts';
import { importPortkey } from './portkey.ts';
import { readText } from './read-text.ts';
import { isThere, items, member, type Source, textOf } from './source.ts';

const readers: Readonly<Record<PolicyFormatName, (source: Source, catalogue: Catalogue) => ImportedPolicy>> =
  {
    litellm: importLitellm,
    portkey: importPortkey,
    cloudflare: importCloudflare,
  };

/**
 * A routing configuration of another gateway as a policy, with everything that could not be carried over. `null` as format
 * finds out which it is. Never throws: what cannot be read is told with its place.
 */
export function importPolicy(
  text: string,
  format: PolicyFormatName | null,
  catalogue: Catalogue = defaultCatalogue,
): PolicyImport {
  const read = readText(text);
  if (read.kind === 'bad') return read;
  const source: Source = { path: '', value: read.value };
  const named = format ?? detectPolicyFormat(source);
  if (named === null) {
    const message =
      'This is no configuration that is known here: LiteLLM’s has a "model_list", Portkey’s a "strategy" with "targets", Cloudflare’s route "elements".';
    return { kind: 'bad', message, path: '' };
  }
  try {
    return { kind: 'ok', ...readers[named](source, catalogue) };
  } catch (error) {
    if (error instanceof ImportProblem) return { kind: 'bad', message: error.message, path: error.path };
    throw error;
  }
}

/** Which gateway a configuration is of, by what only its kind has. */
export function detectPolicyFormat(source: Source): PolicyFormatName | null {
  if (
    isThere(member(source, 'model_list')) ||
    items(source).some((one) => isThere(member(one, 'litellm_params')))
  )
    return 'litellm';
  const route = [member(source, 'result'), member(source, 'route'), source].find(isThere) ?? source;
  const elements = items(Array.isArray(route.value) ? route : member(route, 'elements'));
  if (elements.some((one) => textOf(member(one, 'type')) === 'start')) return 'cloudflare';
  if (isThere(member(member(route, 'version'), 'data'))) return 'cloudflare';
  const config =
    [member(member(source, 'data'), 'config'), member(source, 'config'), source].find(isThere) ?? source;
  const isPortkey = ['strategy', 'targets', 'override_params', 'virtual_key'].some((key) =>
    isThere(member(config, key)),
  );
  return isPortkey ||
    isThere(member(config, 'provider')) ||
    (typeof config.value === 'string' && config !== source)
    ? 'portkey'
    : null;
}
