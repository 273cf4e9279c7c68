import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltCatalogue, buildCatalogue, sourcesOf } from '../catalogue/build-catalogue.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { messageOf, StartError } from '../errors.ts';
import type { StoredModel } from '../store/config-store.ts';
import { ConfigurationShape } from '../store/configuration.ts';

export interface KnownModels extends BuiltCatalogue {
  /** Ids of the providers that could be called. */
  readonly providers: ReadonlySet<string>;
}

/**
 * The catalogue as this installation has it: what ships, with the config file's models and those of the studio. Only reads;
 * a gateway may run beside.
 *
 * @throws {StartError} for a setting or a file that cannot be read.
 */
export function readKnownModels(environment: Readonly<Record<string, string | undefined>>): KnownModels {
  const { config } = loadConfig(environment);
  const sources = sourcesOf(config, storedModels(config));
  return { ...buildCatalogue(sources), providers: new Set(sources.providers.map(({ id }) => id)) };
}

function storedModels({ dataFolder }: Config): readonly StoredModel[] {
  const path = join(dataFolder, 'config.json');
  if (!existsSync(path)) return [];
  try {
    return ConfigurationShape.parse(JSON.parse(readFileSync(path, 'utf8'))).models;
  } catch (error) {
    throw new StartError(`The models of ${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}
