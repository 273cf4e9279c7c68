import type { Logger } from 'pino';
import type { Catalogue } from '#engine/catalogue/index.ts';
import type { Config } from '../config/config.ts';
import type { ProviderSetting } from '../config/provider-setting.ts';
import { makeProvider } from './make-provider.ts';
import type { Provider, ProviderDirectory } from './provider.ts';
import type { ProviderParts } from './provider-parts.ts';
import { makeSandbox, type SandboxOptions } from './sandbox/index.ts';
import { settingsFromEnvironment } from './settings-from-environment.ts';

/** Providers that may change while requests run. */
export interface FollowingProviderDirectory extends ProviderDirectory {
  /**
   * Puts these in the place of those it followed before, for the next request. Who did not change keeps its connections
   * and the standing of its keys; calls that run on a replaced one run on. Ids of config file and environment stay theirs.
   */
  follow(settings: readonly ProviderSetting[]): void;
}

/** A replaced provider is closed when its longest answer is surely over. */
const retiredForMs = 3_600_000;

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
): FollowingProviderDirectory {
  const parts = { clock, logger };
  const fixed = realProviders(config, parts);
  const taken = new Set(fixed.map(({ id }) => id));
  let stored = new Map<string, { readonly provider: Provider; readonly text: string }>();
  const retired = new Map<Provider, NodeJS.Timeout>();
  let real = new Map(fixed.map((provider) => [provider.id, provider]));
  const sandbox = config.sandbox ? makeSandbox(catalogue, sandboxOptions) : undefined;
  const list = () => [...real.values(), ...(sandbox === undefined ? [] : [sandbox])];
  let all = list();
  const sandboxStandsIn = () => sandbox !== undefined && real.size === 0;
  logger.info({ providers: all.map(({ id }) => id), sandboxStandsIn: sandboxStandsIn() }, 'providers');
  const retire = (provider: Provider) => {
    const timer = setTimeout(() => {
      retired.delete(provider);
      void provider.close();
    }, retiredForMs);
    retired.set(provider, timer.unref());
  };
  return {
    get sandboxStandsIn() {
      return sandboxStandsIn();
    },
    list: () => all,
    follow: (settings) => {
      const next: typeof stored = new Map();
      for (const setting of settings) {
        if (taken.has(setting.id)) continue;
        const text = JSON.stringify(setting);
        const same = stored.get(setting.id);
        next.set(setting.id, same?.text === text ? same : { provider: makeProvider(setting, parts), text });
      }
      for (const [id, { provider }] of stored) if (next.get(id)?.provider !== provider) retire(provider);
      stored = next;
      real = new Map(
        [...fixed, ...[...stored.values()].map((one) => one.provider)].map((one) => [one.id, one]),
      );
      all = list();
    },
    providerFor: (target) => {
      const slash = target.indexOf('/');
      const id = target.slice(0, slash);
      const provider = real.get(id);
      if (provider !== undefined) return { provider, model: target.slice(slash + 1) };
      if (sandbox === undefined) return undefined;
      if (id === sandbox.id) return { provider: sandbox, model: target.slice(slash + 1) };
      // The whole target, so that the sandbox knows whom it is standing in for.
      return sandboxStandsIn() && catalogue.find(target) !== undefined
        ? { provider: sandbox, model: target }
        : undefined;
    },
    close: async () => {
      for (const timer of retired.values()) clearTimeout(timer);
      await Promise.all([...all, ...retired.keys()].map((provider) => provider.close()));
    },
  };
}

function realProviders({ file, providerKeys }: Config, parts: ProviderParts): readonly Provider[] {
  const taken = new Set(file.providers.map(({ id }) => id));
  const fromKeys = settingsFromEnvironment(providerKeys).filter(({ id }) => !taken.has(id));
  return [...file.providers, ...fromKeys].map((setting) => makeProvider(setting, parts));
}
