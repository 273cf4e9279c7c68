import type { calls, ProviderSummary } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import type { KeyState } from '../providers/keys/key-pool.ts';
import type { Provider, StopSignal } from '../providers/provider.ts';
import type { Handler } from './handler.ts';

export const listProviders: Handler<typeof calls.listProviders> = (_, { providers }) => ({
  providers: providers.list().map(describeProvider),
});

function describeProvider({ id, facts, dialects, ...provider }: Provider): ProviderSummary {
  const keys = provider.keys();
  return {
    id,
    ...facts,
    dialects: [...dialects],
    state: keys.length === 0 ? 'ready' : stateOf(keys),
    keys: keys.filter(({ label }) => label !== '').map(describeKey),
  };
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
