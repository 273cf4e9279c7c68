import { describe, expect, it } from 'vitest';
import { liveStateOf } from '#server/gateway/live-state.ts';
import { makeLive } from '#server/live/index.ts';
import type { Provider, ProviderDirectory } from '#server/providers/provider.ts';

function live(ids: readonly string[], sandboxStandsIn: boolean) {
  const list = () => ids.map((id) => ({ id }) as Provider);
  const providers: ProviderDirectory = {
    providerFor: () => undefined,
    sandboxStandsIn,
    list,
    close: async () => undefined,
  };
  return makeLive(() => 0, providers);
}

describe('the live state before anything was measured', () => {
  it('names the providers that can be called, in one snapshot for all requests', () => {
    const state = { live: live(['openai', 'local'], false) };
    expect(liveStateOf(state).health.providers).toEqual(['openai', 'local']);
    expect(liveStateOf(state).health).toBe(liveStateOf(state).health);
  });

  it('lets all be called where the sandbox stands in, and where there is no installation', () => {
    expect(liveStateOf({ live: live(['openai'], true) }).health.providers).toEqual(['*']);
    expect(liveStateOf({}).health.providers).toEqual(['*']);
  });
});
