import type { calls, ProviderSummary } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { baseUrlOf } from '../../governance/secrets/stored-settings.ts';
import type { KeyState } from '../../providers/keys/key-pool.ts';
import { kindFacts, type ProviderKind, providerKinds } from '../../providers/kinds.ts';
import { presetNames, presetOf } from '../../providers/presets.ts';
import type { Provider, StopSignal } from '../../providers/provider.ts';
import { retentionTermsOf } from '../../providers/retention-terms.ts';
import type { StoredProvider } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';

export const listProviders: Handler<typeof calls.listProviders> = (_, installation) => {
  const { providers, store, config } = installation;
  const fixed = providers.list().filter(({ facts }) => facts.origin !== 'studio');
  const taken = new Set(fixed.map(({ id }) => id));
  const stored = store.read().providers.filter(({ id }) => !taken.has(id));
  return {
    providers: [
      ...fixed.map((provider) => describeProvider(provider, installation)),
      ...stored.map((provider) => describeStored(provider, installation)),
    ],
    choices: [...choices],
    privateAllowed: config.allowPrivateUpstreams === true,
  };
};

/** Every kind that can be made without a file on this machine, then the presets. */
const choices = [
  ...providerKinds
    .filter((kind) => kind !== 'vertex' && kind !== 'openai-compatible')
    .map((kind) => ({ kind, preset: null, ownServer: false, ...titleOf(kind) })),
  ...presetNames.map((preset) => {
    const { title, id, baseUrl, holds } = presetOf(preset);
    return { kind: 'openai-compatible', preset, title, id, baseUrl, ownServer: holds === 'address' };
  }),
  { kind: 'openai-compatible', preset: null, ownServer: false, ...titleOf('openai-compatible') },
];

function titleOf(kind: ProviderKind) {
  const { title, id, baseUrl } = kindFacts[kind];
  return { title, id, baseUrl };
}

function describeProvider(
  { id, facts, dialects, ...provider }: Provider,
  { catalogue, config }: Installation,
): ProviderSummary {
  const keys = provider.keys();
  const stated = config.file.providers.find((one) => one.id === id)?.models ?? [];
  return {
    id,
    ...facts,
    terms: retentionTermsOf(facts.baseUrl),
    dialects: [...dialects],
    state: keys.length === 0 ? 'ready' : stateOf(keys),
    keys: keys.filter(({ label }) => label !== '').map(describeKey),
    models: countModels(id, stated, catalogue),
    stored: null,
  };
}

/** A provider of the store, also one that is disabled or whose keys cannot be opened. */
export function describeStored(stored: StoredProvider, installation: Installation): ProviderSummary {
  const { providers, catalogue } = installation;
  const { id, keys, ...fields } = stored;
  const running = providers.list().find((one) => one.id === id && one.facts.origin === 'studio');
  const shown = {
    stored: { ...fields, keys: keys.map(({ sealed: _, ...key }) => key) },
    models: countModels(id, stored.models, catalogue),
  };
  if (running !== undefined) return { ...describeProvider(running, installation), ...shown };
  return {
    id,
    kind: stored.kind,
    preset: stored.preset,
    baseUrl: baseUrlOf(stored),
    terms: retentionTermsOf(baseUrlOf(stored)),
    origin: 'studio',
    dialects: [],
    state: stored.disabled ? 'disabled' : 'locked',
    keys: keys.map(({ label, weight }) => ({ label, weight, state: 'ready', until: null, reason: '' })),
    ...shown,
  };
}

function countModels(
  id: string,
  stated: readonly { readonly id: string }[],
  catalogue: Installation['catalogue'],
): number {
  const names = new Set(stated.map((model) => `${id}/${model.id}`));
  for (const target of catalogue.models.keys()) if (target.startsWith(`${id}/`)) names.add(target);
  return names.size;
}

/** One key that is ready is enough. */
function stateOf(keys: readonly KeyState[]): KeyState['state'] {
  const states = keys.map(({ state }) => state);
  if (states.includes('ready')) return 'ready';
  return states.includes('cooling') ? 'cooling' : 'refused';
}

function describeKey({ until, ...key }: KeyState): ProviderSummary['keys'][number] {
  return { ...key, until: until === null ? null : new Date(until).toISOString() };
}

const longestMs = 15_000;

export const checkProvider: Handler<typeof calls.checkProvider> = async ({ params }, { providers }) => {
  const provider = providers.list().find(({ id }) => id === params.id);
  if (provider === undefined) {
    const known = providers
      .list()
      .map(({ id }) => id)
      .join(', ');
    throw new ApiFailure(
      404,
      'provider_missing',
      `There is no provider "${params.id}" here. There are: ${known || 'none'}.`,
    );
  }
  const patience = new Patience(longestMs);
  const checks = [...(await provider.check(patience))];
  patience.end();
  const states = checks.map(({ state }) => state);
  const worst = states.includes('unreachable') ? 'unreachable' : 'refused';
  return { state: states.every((state) => state === 'ok') ? 'ok' : worst, checks };
};

/** Stops a check that takes too long. */
class Patience implements StopSignal {
  stopped = false;
  #listener: () => void = () => {};
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.#timer = setTimeout(() => {
      this.stopped = true;
      this.#listener();
    }, ms);
  }

  onStop(listener: () => void): void {
    this.#listener = listener;
    if (this.stopped) listener();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
