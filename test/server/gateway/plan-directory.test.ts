import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '#engine/catalogue/index.ts';
import { makePlanDirectory } from '#server/gateway/index.ts';
import type { StoredDeployment, StoredVersion } from '#server/store/config-store.ts';
import { aConfig, aVersion } from '../support/context.ts';
import { aConfigStore } from '../support/fakes.ts';

const graph = (target: string) => ({ entry: 'm', nodes: { m: { kind: 'model', target } } });

function aDirectory(versions: StoredVersion[], deployments: StoredDeployment[] = [], config = aConfig()) {
  const store = aConfigStore({ versions, deployments });
  return { store, plans: makePlanDirectory(store, config, defaultCatalogue) };
}

/** A version of a release that knew more: it reads, but its entry is not there. */
function aBrokenVersion(policyId: string, version: number): StoredVersion {
  return aVersion(policyId, { ...graph('openai/gpt-5'), entry: 'gone' }, version);
}

describe('the plan directory', () => {
  it('knows a policy by alias, by id and by version', () => {
    const versions = [aVersion('a', graph('openai/gpt-5'), 1), aVersion('a', graph('openai/gpt-5-mini'), 2)];
    const { plans } = aDirectory(versions, [{ alias: 'auto', policyId: 'a', version: null }]);
    expect(plans.resolve('auto')).toMatchObject({ kind: 'policy', policyId: 'a', version: 2 });
    expect(plans.resolve('policy/a')).toMatchObject({ version: 2 });
    expect(plans.resolve('policy/a@1')).toMatchObject({ version: 1 });
    expect(plans.resolve('policy/a@3')).toMatchObject({ kind: 'unknown' });
    expect(plans.planOf('a', 1)?.hash).toBe(versions[0]?.hash);
    expect(plans.planOf('a', 3)).toBeUndefined();
  });

  it('keeps an alias on the version it is pinned to', () => {
    const versions = [aVersion('a', graph('openai/gpt-5'), 1), aVersion('a', graph('openai/gpt-5-mini'), 2)];
    const { plans } = aDirectory(versions, [{ alias: 'auto', policyId: 'a', version: 1 }]);
    expect(plans.resolve('auto')).toMatchObject({ version: 1 });
  });

  it('prefers an exact alias, then the pattern with the longest literal beginning', () => {
    const versions = ['a', 'b', 'c'].map((id) => aVersion(id, graph('openai/gpt-5')));
    const { plans } = aDirectory(versions, [
      { alias: 'claude-*', policyId: 'a', version: null },
      { alias: 'claude-opus-*', policyId: 'b', version: null },
      { alias: 'claude-opus-5', policyId: 'c', version: null },
    ]);
    expect(plans.resolve('claude-opus-5')).toMatchObject({ policyId: 'c' });
    expect(plans.resolve('claude-opus-4.1')).toMatchObject({ policyId: 'b' });
    expect(plans.resolve('claude-haiku')).toMatchObject({ policyId: 'a' });
  });

  it('takes a dot in a pattern for a dot', () => {
    const { plans } = aDirectory(
      [aVersion('a', graph('openai/gpt-5'))],
      [{ alias: 'gpt-4.*', policyId: 'a', version: null }],
    );
    expect(plans.resolve('gpt-4.1').kind).toBe('policy');
    expect(plans.resolve('gpt-41').kind).toBe('unknown');
  });

  it('puts the config file’s aliases before the studio’s', () => {
    const versions = ['a', 'b'].map((id) => aVersion(id, graph('openai/gpt-5')));
    const file = { ...aConfig().file, deployments: [{ alias: 'auto', policy: 'b', version: null }] };
    const { plans } = aDirectory(
      versions,
      [{ alias: 'auto', policyId: 'a', version: null }],
      aConfig({ file }),
    );
    expect(plans.resolve('auto')).toMatchObject({ policyId: 'b' });
    expect(plans.aliases()).toEqual(['auto']);
  });

  it('serves a version from the moment it is published, and a plan in use stays whole', async () => {
    const { plans, store } = aDirectory(
      [aVersion('a', graph('openai/gpt-5'), 1)],
      [{ alias: 'auto', policyId: 'a', version: null }],
    );
    const before = plans.resolve('auto');
    await store.update(
      { actor: 't', action: 'policy.publish', subject: 'a', before: null, after: null },
      (state) => ({
        ...state,
        versions: [...state.versions, aVersion('a', graph('openai/gpt-5-mini'), 2)],
      }),
    );
    expect(plans.resolve('auto')).toMatchObject({ version: 2 });
    expect(before).toMatchObject({ version: 1, plan: { policy: 'a' } });
  });

  it('compiles a version once', async () => {
    const { plans, store } = aDirectory([aVersion('a', graph('openai/gpt-5'), 1)]);
    const plan = plans.planOf('a', 1);
    await store.update({ actor: 't', action: 'x', subject: 'a', before: null, after: null }, (state) => ({
      ...state,
    }));
    expect(plans.planOf('a', 1)).toBe(plan);
  });

  it('goes on with the last good plan where a version does not compile', () => {
    const { plans } = aDirectory(
      [aVersion('a', graph('openai/gpt-5'), 1), aBrokenVersion('a', 2)],
      [{ alias: 'auto', policyId: 'a', version: null }],
    );
    expect(plans.resolve('auto')).toMatchObject({ kind: 'policy', version: 1 });
  });

  it('says where an alias points when nothing is there', () => {
    const { plans } = aDirectory([], [{ alias: 'auto', policyId: 'gone', version: null }]);
    expect(plans.resolve('auto')).toEqual({
      kind: 'unknown',
      message:
        'The alias "auto" points at policy "gone", which is not published here. Publish it, or point the alias elsewhere.',
    });
  });

  it('takes any model of a configured provider, and only known ones of others', () => {
    const { plans } = aDirectory([], [], aConfig({ providerKeys: { OPENAI_API_KEY: 'sk' } }));
    expect(plans.resolve('openai/gpt-99').kind).toBe('target');
    expect(plans.resolve('anthropic/claude-opus-5').kind).toBe('target');
    expect(plans.resolve('anthropic/claude-99').kind).toBe('unknown');
    expect(plans.resolve('__proto__').kind).toBe('unknown');
  });
});
