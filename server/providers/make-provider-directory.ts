import type { Logger } from 'pino';
import type { Catalogue } from '#engine/catalogue/index.ts';
import type { Config } from '../config.ts';
import { makeProvider } from './make-provider.ts';
import type { Provider, ProviderDirectory } from './provider.ts';
import type { ProviderParts } from './provider-parts.ts';
import { makeSandbox, type SandboxOptions } from './sandbox/index.ts';
import { settingsFromEnvironment } from './settings-from-environment.ts';

/**
 * The providers of a configuration: those of the config file, those whose own variable holds a key, and the sandbox. The
 * file comes first where both name one id. With no real provider at all the sandbox stands in for every target of the
 * catalogue; with one, it only answers to its own name.
 */
export function makeProviderDirectory(
  config: Config,
  catalogue: Catalogue,
  logger: Logger,
  sandboxOptions: SandboxOptions = {},
  clock: () => number = Date.now,
): ProviderDirectory {
  const real = new Map(realProviders(config, { clock, logger }).map((provider) => [provider.id, provider]));
  const sandbox = config.sandbox ? makeSandbox(catalogue, sandboxOptions) : undefined;
  const sandboxStandsIn = sandbox !== undefined && real.size === 0;
  const all = [...real.values(), ...(sandbox === undefined ? [] : [sandbox])];
  logger.info({ providers: all.map(({ id }) => id), sandboxStandsIn }, 'providers');
  return {
    sandboxStandsIn,
    list: () => all,
    providerFor: (target) => {
      const slash = target.indexOf('/');
      const id = target.slice(0, slash);
      const provider = real.get(id);
      if (provider !== undefined) return { provider, model: target.slice(slash + 1) };
      if (sandbox === undefined) return undefined;
      if (id === sandbox.id) return { provider: sandbox, model: target.slice(slash + 1) };
      // The whole target, so that the sandbox knows whom it is standing in for.
      return sandboxStandsIn && catalogue.find(target) !== undefined
        ? { provider: sandbox, model: target }
        : undefined;
    },
    close: async () => {
      await Promise.all(all.map((provider) => provider.close()));
    },
  };
}

function realProviders({ file, providerKeys }: Config, parts: ProviderParts): readonly Provider[] {
  const taken = new Set(file.providers.map(({ id }) => id));
  const fromKeys = settingsFromEnvironment(providerKeys).filter(({ id }) => !taken.has(id));
  return [...file.providers, ...fromKeys].map((setting) => makeProvider(setting, parts));
}
