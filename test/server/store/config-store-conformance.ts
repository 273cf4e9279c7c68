import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyPolicy } from '#engine/policy/index.ts';
import type { ConfigStore, Configuration } from '#server/store/config-store.ts';
import { emptyConfiguration } from '#server/store/configuration.ts';

const audit = { actor: 'test', action: 'deployment.write', subject: 'auto', before: null, after: null };

/** A change that adds an alias. */
export function withAlias(alias: string): (state: Configuration) => Configuration {
  return (state) => ({
    ...state,
    deployments: [...state.deployments, { alias, policyId: 'support', version: null }],
  });
}

/** What every store of the configuration has to keep. `open` gives an empty one, whose clock stands at 2026-11-22. */
export function describeConfigStore(name: string, open: () => Promise<ConfigStore>): void {
  describe(`the configuration store in ${name}`, () => {
    async function aStore(): Promise<ConfigStore> {
      const store = await open();
      onTestFinished(() => store.close());
      return store;
    }

    it('starts empty, with a salt', async () => {
      const store = await aStore();
      const { salt, policies } = store.read();
      expect(salt).not.toBe('');
      expect(policies).toEqual([]);
      expect(store.read()).toEqual(emptyConfiguration(salt));
    });

    it('shows a change to readers and listeners once it is saved', async () => {
      const store = await aStore();
      const seen: Configuration[] = [];
      store.subscribe((state) => seen.push(state));
      const saved = await store.update(audit, withAlias('auto'));
      expect(store.read()).toBe(saved);
      expect(seen).toEqual([saved]);
      expect(saved.deployments).toEqual([{ alias: 'auto', policyId: 'support', version: null }]);
    });

    it('saves what is only noted, without an audit entry', async () => {
      const store = await aStore();
      const saved = await store.update(audit, withAlias('auto'));
      const seen: Configuration[] = [];
      store.subscribe((state) => seen.push(state));
      await store.note(withAlias('noted'));
      expect(store.read().deployments.map(({ alias }) => alias)).toEqual(['auto', 'noted']);
      expect(seen).toEqual([store.read()]);
      expect(store.read().audit).toEqual(saved.audit);
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 1 });
    });

    it('writes an audit entry with every change', async () => {
      const store = await aStore();
      await store.update({ ...audit, before: undefined, after: { alias: 'auto' } }, withAlias('auto'));
      const { entries } = await store.audit.page({ limit: 10 });
      expect(entries).toEqual([
        {
          ...audit,
          at: '2026-11-22T00:00:00.000Z',
          before: null,
          after: { alias: 'auto' },
          sequence: 1,
          previous: '0'.repeat(64),
          hash: store.read().audit.hash,
        },
      ]);
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 1 });
    });

    it('applies changes one after the other, each to the state as it is then', async () => {
      const store = await aStore();
      await Promise.all(['a', 'b', 'c'].map((alias) => store.update(audit, withAlias(alias))));
      expect(store.read().deployments.map(({ alias }) => alias)).toEqual(['a', 'b', 'c']);
    });

    it('saves nothing when the change throws, and goes on', async () => {
      const store = await aStore();
      const failing = store.update(audit, () => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect((await store.audit.page({ limit: 10 })).entries).toEqual([]);
      await store.update(audit, withAlias('auto'));
      expect(store.read().deployments).toHaveLength(1);
    });

    it('gives out snapshots that nobody can change', async () => {
      const store = await aStore();
      const policy = emptyPolicy('support', 'Support');
      const state = await store.update(audit, (now) => ({
        ...now,
        policies: [{ id: 'support', policy, revision: 1, updatedAt: '', updatedBy: 'test' }],
      }));
      expect(() => Object.assign(state.policies[0]!.policy, { name: 'Other' })).toThrow();
    });

    it('leaves a listener alone that has unsubscribed', async () => {
      const store = await aStore();
      let calls = 0;
      const stop = store.subscribe(() => {
        calls += 1;
      });
      stop();
      await store.update(audit, withAlias('auto'));
      expect(calls).toBe(0);
    });
  });
}
