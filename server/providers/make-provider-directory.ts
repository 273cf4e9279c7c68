import type { Logger } from 'pino';
import type { Catalogue } from '#engine/catalogue/index.ts';
import type { Config, ProviderSetting } from '../config.ts';
import { anthropicBaseUrl, makeAnthropic } from './anthropic/index.ts';
import { knownHosts } from './known-hosts.ts';
import { makeOpenai, openaiBaseUrl } from './openai/index.ts';
import { makeOpenaiCompatible } from './openai-compatible/index.ts';
import type { Provider, ProviderDirectory } from './provider.ts';
import { makeSandbox, type SandboxOptions } from './sandbox/index.ts';

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
): ProviderDirectory {
  const real = new Map(realProviders(config).map((provider) => [provider.id, provider]));
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

function realProviders({ file, providerKeys }: Config): readonly Provider[] {
  const named = file.providers.map(makeNamed);
  const taken = new Set(named.map(({ id }) => id));
  const openai = providerKeys.OPENAI_API_KEY;
  const anthropic = providerKeys.ANTHROPIC_API_KEY;
  const fromKeys = [
    ...(openai === undefined ? [] : [makeOpenai({ id: 'openai', baseUrl: openaiBaseUrl, apiKey: openai })]),
    ...(anthropic === undefined
      ? []
      : [makeAnthropic({ id: 'anthropic', baseUrl: anthropicBaseUrl, apiKey: anthropic })]),
    ...knownHosts.flatMap(({ variable, id, baseUrl }) => {
      const apiKey = providerKeys[variable];
      return apiKey === undefined ? [] : [makeOpenaiCompatible({ id, baseUrl, apiKey })];
    }),
  ];
  return [...named, ...fromKeys.filter(({ id }) => !taken.has(id))];
}

function makeNamed({ kind, id, baseUrl, apiKey }: ProviderSetting): Provider {
  switch (kind) {
    case 'openai':
      return makeOpenai({ id, baseUrl, apiKey });
    case 'anthropic':
      return makeAnthropic({ id, baseUrl, apiKey });
    case 'openai-compatible':
      return makeOpenaiCompatible({ id, baseUrl, apiKey });
  }
}
