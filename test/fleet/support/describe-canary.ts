import { describe, expect, it } from 'vitest';
import { api, ask, until } from './calls.ts';
import { numbered, publish } from './publishing.ts';
import { body, free, here, serves, urlOf } from './publishing-fleet.ts';

export function describeCanary(): void {
  describe('a canary on several gateways', () => {
    const guards = { error_rate: 0.02, latency: null, cost: null };
    const rollout = (...shares: readonly number[]) => ({
      rollout: { steps: shares.map((share) => ({ share, minutes: 10_000 })), guards, min_requests: 0 },
    });
    const askAs = (index: number, user: string) =>
      ask(urlOf(index), free, { ...body, user, messages: [{ role: 'user', content: `I am ${user}.` }] });
    /** The figures of the one rollout under way, as a gateway has them. */
    const figures = async (url: string) => {
      const { running } = await api(url, 'GET', '/rollouts');
      return running[0]?.figures;
    };
    const isKnown = (shares: number) =>
      Promise.all(
        here().fleet.gateways.map(({ url }) =>
          until(
            () => api(url, 'GET', '/rollouts'),
            ({ running }) =>
              running.length === (shares > 0 ? 1 : 0) && (running[0]?.rollout.step ?? 0) === shares - 1,
          ).catch(() => undefined),
        ),
      );

    it('keeps a conversation on its side on every gateway, and whom it had when its share rises', async () => {
      const candidate = await publish(urlOf(0), 'main', numbered('local/cheap', 9), rollout(0.3, 0.7));
      await isKnown(1);
      const sides = async () => {
        const versions: string[] = [];
        for (let person = 0; person < 30; person += 1) {
          const [here, there] = await Promise.all([askAs(0, `p${person}`), askAs(1, `p${person}`)]);
          expect(there.version).toBe(here.version);
          versions.push(here.version);
        }
        return versions;
      };
      const before = await sides();
      expect(new Set(before)).toEqual(new Set([String(here().newest), String(candidate)]));
      await api(urlOf(1), 'PUT', '/deployments/auto/rollout', { step: 1 });
      await isKnown(2);
      const after = await sides();
      const kept = before.flatMap((version, person) =>
        version === String(candidate) ? [after[person]] : [],
      );
      expect(new Set(kept)).toEqual(new Set([String(candidate)]));
      await api(urlOf(1), 'POST', '/deployments/auto/rollout/end', { outcome: 'promoted' });
      here().newest = candidate;
      await Promise.all(here().fleet.gateways.map(({ url }) => serves(url, here().newest)));
    }, 180_000);

    it('is judged by what all have seen together, once, and taken back everywhere', async () => {
      await publish(urlOf(0), 'main', { only: { kind: 'model', target: 'local/broken' } }, rollout(0.5));
      await isKnown(1);
      // Too few for a judgement; each gateway took half of them, and knows of all.
      for (let person = 0; person < 40; person += 1) await askAs(person % 2, `q${person}`);
      for (const { url } of here().fleet.gateways)
        await until(
          () => figures(url),
          ({ baseline, candidate }) => baseline.requests + candidate.requests >= 40,
        );
      const clients = here().fleet.gateways.map((_, index) => {
        let person = 0;
        return until(
          async () => {
            person += 1;
            await askAs(index, `r${index}-${person}`);
            return figures(urlOf(index));
          },
          (running) => running === undefined,
        );
      });
      await Promise.all(clients);
      for (const { url } of here().fleet.gateways) {
        await serves(url, here().newest);
        const { ended } = await api(url, 'GET', '/rollouts');
        const last = ended.find(({ outcome }: { outcome: string }) => outcome === 'rolled_back');
        expect(last.reason).toMatch(/requests failed under the candidate/);
      }
      const { entries } = await api(urlOf(1), 'GET', '/audit?action=rollout.roll_back&limit=10');
      expect(entries).toHaveLength(1);
      for (let person = 0; person < 10; person += 1)
        expect((await askAs(person % 2, `s${person}`)).version).toBe(String(here().newest));
    }, 180_000);
  });
}
